package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.OffLineCard;
import fi.kimppa.kiosk.session.OffLineNews;
import fi.kimppa.kiosk.session.OffLineTask;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a kiosk can do for loans while nobody answers: it fetches the gateway's permit as long as the gateway is there, says what it
 * knows of a card, and writes loans to disk.
 *
 * <p>Threads: any; fetching is done on one of its own, each task on a virtual thread.
 */
public final class OffLineDesk implements Consumer<OffLineTask>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OffLineDesk.class);
    private static final Duration RENEW = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Settings settings;
    private final Spool spool;
    private final Runnable spoolGrew;
    private final Consumer<KioskEvent> post;
    private final AtomicReference<Optional<OffLinePermit>> permit = new AtomicReference<>(Optional.empty());
    private final JsonMapper json = JsonMapper.builder().build();
    private final CloseableHttpClient http;
    private final Rounds rounds = new Rounds("kiosk-off-line", this::round, RETRY);

    /**
     * Where permits come from.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     * @param key by which the gateway signs; without one no permit is believed, and none is fetched
     */
    public record Settings(
            URI gateway, Optional<String> certificate, String login, Secret password, Optional<PublicKey> key) {}

    /**
     * A desk that begins to fetch when it is started.
     *
     * @param spoolGrew is called when a loan was written to disk
     * @param post takes the events in which the tasks end; may wait
     */
    public OffLineDesk(Settings settings, Spool spool, Runnable spoolGrew, Consumer<KioskEvent> post) {
        this.settings = settings;
        this.spool = spool;
        this.spoolGrew = spoolGrew;
        this.post = post;
        this.http = GatewayHttp.client(settings.certificate());
    }

    /** Begins. */
    public void start() {
        if (settings.key().isPresent()) {
            rounds.start();
        }
    }

    /** The gateway is there again: what it allows may be otherwise now. */
    public void now() {
        rounds.now();
    }

    // ---- the permit --------------------------------------------------------------------------------------

    private Duration round() {
        return fetch() ? RENEW : RETRY;
    }

    /** What was allowed last goes on when nobody answers: that is what it is for. */
    private boolean fetch() {
        HttpGet get = new HttpGet(settings.gateway().resolve("/api/offline/permit"));
        get.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        try {
            Optional<OffLinePermit> fresh = http.execute(get, this::read);
            if (fresh.isPresent()) {
                permit.set(fresh);
                post.accept(new KioskEvent.OffLine(new OffLineNews.Permitted(fresh.map(OffLinePermit::terms))));
            }
            return fresh.isPresent();
        } catch (OffLinePermit.NoPermitException e) {
            LOG.warn("the gateway's permit for loans without connection is not used: {}", e.getMessage());
            return false;
        } catch (IOException | JacksonException e) {
            LOG.debug("no permit: {}", e.getMessage());
            return false;
        }
    }

    private Optional<OffLinePermit> read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != OK) {
            LOG.debug("the gateway answered the question for a permit with {}", response.getCode());
            return Optional.empty();
        }
        OffLinePermit.Signed signed = json.readValue(response.getEntity().getContent(), OffLinePermit.Signed.class);
        return Optional.of(OffLinePermit.read(signed, settings.key().orElseThrow(), settings.login()));
    }

    // ---- the session's tasks -----------------------------------------------------------------------------

    @Override
    public void accept(OffLineTask task) {
        switch (task) {
            case OffLineTask.LookUp lookUp -> Thread.startVirtualThread(() -> lookUp(lookUp));
            case OffLineTask.NoteLoan loan -> Thread.startVirtualThread(() -> note(loan));
        }
    }

    private void lookUp(OffLineTask.LookUp lookUp) {
        // A disk that cannot be read lends nothing: as if all that may be borrowed had been.
        OffLineCard card = new OffLineCard(false, Integer.MAX_VALUE);
        try {
            boolean known = permit.get().map(one -> one.knows(lookUp.card())).orElse(false);
            card = new OffLineCard(known, spool.loansOf(lookUp.card().text()));
        } catch (RuntimeException e) {
            LOG.error("what waits for a card cannot be read", e);
        }
        post.accept(new KioskEvent.OffLine(new OffLineNews.CardLookedUp(lookUp.request(), card)));
    }

    private void note(OffLineTask.NoteLoan loan) {
        boolean written = false;
        try {
            spool.add(loan.checkout());
            written = true;
        } catch (RuntimeException e) {
            LOG.error("a loan is not on disk", e);
        }
        post.accept(new KioskEvent.Spooled(loan.request(), written));
        if (written) {
            spoolGrew.run();
        }
    }

    @Override
    public void close() {
        rounds.close();
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the desk for loans without connection: {}", e.getMessage());
        }
    }
}

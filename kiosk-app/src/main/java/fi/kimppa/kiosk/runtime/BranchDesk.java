package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.BranchNow;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the gateway again and again how the branch is open, and whether it is the gateway that this kiosk belongs to. What was told holds
 * until it runs out: a silent gateway does not close the library.
 *
 * <p>Threads: any; one of its own.
 */
public final class BranchDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BranchDesk.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Settings settings;
    private final Consumer<KioskEvent> post;
    private final JsonMapper json = JsonMapper.builder().build();
    private final CloseableHttpClient http;
    private final Rounds rounds = new Rounds("kiosk-branch", this::round, RETRY);

    /**
     * Whom to ask.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     */
    public record Settings(URI gateway, Optional<String> certificate, String login, Secret password) {}

    /** The answer to {@code GET /api/branch}, as {@code deploy/contract/branch-now.json} has it. */
    record Answer(
            String branch,
            boolean testing,
            @Nullable Opening opening,
            @Nullable Notice notice,
            @Nullable Rooms rooms) {
        /** How the branch is open. */
        record Opening(BranchNow.Mode mode, @Nullable Instant until) {}

        /** What the library says today. */
        record Notice(String fi, String sv, String en, Instant until) {}

        /** Where rooms are booked. */
        record Rooms(InLanguages name, String address) {}

        BranchNow now() {
            return new BranchNow(
                    branch,
                    testing,
                    Optional.ofNullable(opening)
                            .map(open -> new BranchNow.Opening(open.mode(), Optional.ofNullable(open.until()))),
                    Optional.ofNullable(notice)
                            .map(said -> new BranchNow.Notice(
                                    new InLanguages(said.fi(), said.sv(), said.en()), said.until())),
                    Optional.ofNullable(rooms)
                            .filter(page -> CatalogueFeed.ADDRESS
                                    .matcher(page.address())
                                    .matches())
                            .map(page -> new EResource(page.name(), page.address())));
        }
    }

    /**
     * A desk that begins to ask when it is started.
     *
     * @param post takes what was told; may wait
     */
    public BranchDesk(Settings settings, Consumer<KioskEvent> post) {
        this.settings = settings;
        this.post = post;
        this.http = GatewayHttp.client(settings.certificate());
    }

    /** Begins. */
    public void start() {
        rounds.start();
    }

    /** The gateway is there again. */
    public void now() {
        rounds.now();
    }

    private Duration round() {
        var get = new HttpGet(settings.gateway().resolve("/api/branch"));
        get.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        try {
            Optional<BranchNow> told = http.execute(get, this::read);
            told.ifPresent(now -> post.accept(new KioskEvent.Staff(new StaffNews.BranchTold(now))));
            return told.isPresent() ? EVERY : RETRY;
        } catch (IOException | JacksonException e) {
            LOG.debug("nobody says how the branch is open: {}", e.getMessage());
            return RETRY;
        }
    }

    private Optional<BranchNow> read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != OK) {
            LOG.debug("the gateway answered the question for the branch with {}", response.getCode());
            return Optional.empty();
        }
        return Optional.of(
                json.readValue(response.getEntity().getContent(), Answer.class).now());
    }

    @Override
    public void close() {
        rounds.close();
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the questions for the branch: {}", e.getMessage());
        }
    }
}

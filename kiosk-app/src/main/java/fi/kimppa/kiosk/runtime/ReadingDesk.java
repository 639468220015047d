package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a kiosk has of the catalogue beside its visits: it fetches what is told to whoever passes by, and passes stars on. Neither
 * is waited for, and neither names a patron.
 *
 * <p>Threads: any; fetching is done on one of its own, each rating on a virtual thread.
 */
public final class ReadingDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingDesk.class);
    private static final Duration RETRY = Duration.ofMinutes(1);

    /** So long what was fetched last stands while nobody answers; tips have a last day. */
    private static final Duration KEPT = Duration.ofHours(12);

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Settings settings;
    private final BooleanSupplier reads;
    private final Consumer<KioskEvent> post;
    private final Semaphore wanted = new Semaphore(0);
    private final JsonMapper json = JsonMapper.builder().build();
    private final CloseableHttpClient http;
    private final Thread worker = Thread.ofVirtual().name("kiosk-reading").unstarted(this::run);
    private Feed told = Feed.NONE;
    private long fetchedAt;
    private volatile boolean silent = true;
    private volatile boolean closed;

    /**
     * Whom to ask.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     * @param every pause between two questions for the feed; zero where nobody is asked
     */
    public record Settings(URI gateway, Optional<String> certificate, String login, Secret password, Duration every) {}

    /**
     * The body of {@code POST /api/catalogue/ratings}, as {@code deploy/contract/catalogue-rating.json} has it.
     *
     * @param item AB of the return
     * @param stars 1 to 5
     */
    record Stars(String item, int stars) {}

    /**
     * A desk that begins to fetch when it is started.
     *
     * @param reads whether anything of it is shown at this kiosk now; where nothing is, nobody is asked
     * @param post takes what was fetched; may wait
     */
    public ReadingDesk(Settings settings, BooleanSupplier reads, Consumer<KioskEvent> post) {
        this.settings = settings;
        this.reads = reads;
        this.post = post;
        this.http = GatewayHttp.client(settings.certificate());
    }

    /** Begins. */
    public void start() {
        if (!settings.every().isZero()) {
            worker.start();
        }
    }

    /** The kiosk has other functions than before. */
    public void turned() {
        wanted.release();
    }

    /** The gateway is there again; whoever was answered a while ago can wait. */
    public void now() {
        if (silent) {
            wanted.release();
        }
    }

    // ---- what is told at rest ----------------------------------------------------------------------------

    private void run() {
        while (!closed) {
            try {
                silent = reads.getAsBoolean() ? !fetch() : forgotten();
                Duration pause = silent && RETRY.compareTo(settings.every()) < 0 ? RETRY : settings.every();
                if (wanted.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Nothing is left of what was told; as soon as it is shown again, it is asked for. */
    private boolean forgotten() {
        tell(Feed.NONE);
        return true;
    }

    /** Whether there was an answer. A gateway that has no such thing, or not for this kiosk, has answered. */
    private boolean fetch() {
        try {
            Optional<Feed> feed = http.execute(asked(new HttpGet(address("feed"))), this::read);
            feed.ifPresentOrElse(this::tell, this::forgetInTime);
            return feed.isPresent();
        } catch (IOException | JacksonException e) {
            LOG.debug("no feed: {}", e.getMessage());
            forgetInTime();
            return false;
        }
    }

    private Optional<Feed> read(ClassicHttpResponse response) throws IOException {
        return switch (response.getCode()) {
            case OK ->
                Optional.of(json.readValue(response.getEntity().getContent(), CatalogueFeed.class)
                        .feed());
            case FORBIDDEN, NOT_FOUND -> Optional.of(Feed.NONE);
            default -> {
                LOG.debug("the gateway answered the question for the feed with {}", response.getCode());
                yield Optional.empty();
            }
        };
    }

    private void tell(Feed feed) {
        fetchedAt = System.nanoTime();
        if (!feed.equals(told)) {
            told = feed;
            post.accept(new KioskEvent.Fed(feed));
        }
    }

    private void forgetInTime() {
        if (!told.equals(Feed.NONE) && System.nanoTime() - fetchedAt > KEPT.toNanos()) {
            tell(Feed.NONE);
        }
    }

    // ---- stars -------------------------------------------------------------------------------------------

    /**
     * Passes stars on, once. Returns at once; whoever gave them has been thanked whatever becomes of it.
     *
     * @param stars 1 to 5
     */
    public void rate(String item, int stars) {
        Thread.startVirtualThread(() -> send(new Stars(item, stars)));
    }

    private void send(Stars stars) {
        HttpPost rating = new HttpPost(address("ratings"));
        rating.setEntity(new StringEntity(json.writeValueAsString(stars), ContentType.APPLICATION_JSON));
        try {
            int code = http.execute(asked(rating), ClassicHttpResponse::getCode);
            if (code != OK) {
                LOG.debug("the gateway answered stars with {}", code);
            }
        } catch (IOException e) {
            LOG.debug("stars were not heard: {}", e.getMessage());
        }
    }

    private URI address(String what) {
        return settings.gateway().resolve("/api/catalogue/" + what);
    }

    private <R extends HttpUriRequestBase> R asked(R request) {
        request.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        return request;
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the desk for reading: {}", e.getMessage());
        }
    }
}

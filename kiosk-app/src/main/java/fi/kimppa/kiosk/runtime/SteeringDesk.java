package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what the gateway sets on top of the kiosk's own file, has it judged as a whole, keeps the last good one on disk and hands it
 * on. A version that is cut, damaged or wrong changes nothing but what the reports say.
 *
 * <p>Threads: any; each fetch is on a virtual thread, one at a time.
 */
public final class SteeringDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SteeringDesk.class);
    private static final String PATH = "/api/kiosk/configuration";
    private static final String LOGOS = "/api/kiosk/logos/";
    private static final int OK = 200;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_LOGO_BYTES = 512 * 1024;
    private static final int LONGEST_WHY = 1_000;

    private final Settings settings;
    private final SteeringFile file;
    private final LogoFiles logos;
    private final BiFunction<String, String, Verdict> judge;
    private final Supplier<String> running;
    private final Consumer<KioskSettings> taken;
    private final Runnable changed;
    private final CloseableHttpClient http;
    private final AtomicBoolean fetching = new AtomicBoolean();
    private volatile Known known;
    private volatile boolean closed;

    /**
     * Where it comes from.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     */
    public record Settings(URI gateway, Optional<String> certificate, String login, Secret password) {}

    /**
     * What is to be thought of a version.
     *
     * @param settings empty if it is refused
     * @param faults what is wrong with it, a line each
     */
    public record Verdict(Optional<KioskSettings> settings, List<String> faults) {
        /** Takes a copy. */
        public Verdict {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What is known of versions; empty texts for none.
     *
     * @param accepted the last good one
     * @param refused the last that was not
     * @param why what is wrong with that one
     */
    public record Known(String accepted, String refused, String why) {
        /** Nothing yet. */
        public static final Known NOTHING = new Known("", "", "");

        /** This version was judged. */
        public Known judged(String version, Verdict verdict) {
            return verdict.settings().isPresent()
                    ? new Known(version, "", "")
                    : new Known(accepted, version, shortened(String.join("\n", verdict.faults())));
        }

        private static String shortened(String text) {
            return text.length() <= LONGEST_WHY ? text : text.substring(0, LONGEST_WHY - 1) + "…";
        }
    }

    /**
     * A desk that fetches when it is told to.
     *
     * @param judge of a version and its JSON
     * @param known what was found on disk at the start
     * @param running the version by which people are served now
     * @param taken gets good settings; they are on disk by then
     * @param changed is called when a report would say something else
     */
    public SteeringDesk(
            Settings settings,
            SteeringFile file,
            LogoFiles logos,
            BiFunction<String, String, Verdict> judge,
            Known known,
            Supplier<String> running,
            Consumer<KioskSettings> taken,
            Runnable changed) {
        this.settings = settings;
        this.file = file;
        this.logos = logos;
        this.judge = judge;
        this.known = known;
        this.running = running;
        this.taken = taken;
        this.changed = changed;
        this.http = GatewayHttp.client(settings.certificate());
    }

    /** What a report says. */
    DeviceReport.Configuration report() {
        Known now = known;
        return new DeviceReport.Configuration(running.get(), now.accepted(), now.refused(), now.why());
    }

    /** The gateway wants this version. Returns at once; what is known already is not fetched again. */
    void wanted(String version) {
        Known now = known;
        if (version.equals(now.accepted())) {
            if (!now.refused().isEmpty()) {
                known = new Known(now.accepted(), "", "");
                changed.run();
            }
        } else if (!version.equals(now.refused()) && !closed && fetching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("kiosk-steering").start(this::fetch);
        }
    }

    private void fetch() {
        try {
            Optional<byte[]> body = http.execute(asked(PATH), this::read);
            if (body.isPresent() && complete(new String(body.get(), StandardCharsets.UTF_8))) {
                judge(body.get());
            }
        } catch (IOException e) {
            // Told again in the answer to the next report.
            LOG.warn("the gateway's settings were not fetched: {}", e.getMessage());
        } finally {
            fetching.set(false);
        }
    }

    private HttpGet asked(String path) {
        HttpGet get = new HttpGet(settings.gateway().resolve(path));
        get.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        return get;
    }

    /** Fetches the logo that settings name, if they name one that is not here; without it they wait. */
    private boolean complete(String wanted) throws IOException {
        if (logos.whole(wanted)) {
            return true;
        }
        String digest = LogoFiles.named(wanted).orElseThrow();
        boolean kept = http.execute(asked(LOGOS + digest), response -> {
            byte[] picture = response.getEntity().getContent().readNBytes(MOST_LOGO_BYTES + 1);
            return response.getCode() == OK && logos.keep(digest, picture);
        });
        if (!kept) {
            LOG.warn("the logo {} that the gateway's settings name did not come whole", digest);
        }
        return kept;
    }

    /** A body whose digest is not the version that it is sent as was cut or damaged on the way. */
    private Optional<byte[]> read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != OK) {
            LOG.warn("the gateway answered the question for settings with {}", response.getCode());
            return Optional.empty();
        }
        byte[] body = response.getEntity().getContent().readNBytes(MOST_BYTES + 1);
        Header tag = response.getFirstHeader(HttpHeaders.ETAG);
        String version =
                tag == null ? "" : tag.getValue().replaceFirst("^W/", "").replace("\"", "");
        if (body.length > MOST_BYTES || !version.equals(SteeringFile.version(body))) {
            LOG.warn("the gateway's settings {} came cut or damaged", version);
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private void judge(byte[] body) {
        String version = SteeringFile.version(body);
        Verdict verdict = judge.apply(version, new String(body, StandardCharsets.UTF_8));
        if (verdict.settings().isPresent() && !kept(body)) {
            return;
        }
        known = known.judged(version, verdict);
        verdict.settings()
                .ifPresentOrElse(
                        good -> {
                            LOG.info("the gateway's settings {} are taken when nobody is here", version);
                            taken.accept(good);
                        },
                        () -> LOG.warn(
                                "the gateway's settings {} are refused:\n{}",
                                version,
                                String.join("\n", verdict.faults())));
        changed.run();
    }

    /** What is not on disk is not taken: a kiosk that starts anew would be another one. */
    private boolean kept(byte[] body) {
        try {
            file.keep(body);
            return true;
        } catch (IOException e) {
            LOG.error("the gateway's settings cannot be written to disk and are not taken", e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the desk for settings: {}", e.getMessage());
        }
    }
}

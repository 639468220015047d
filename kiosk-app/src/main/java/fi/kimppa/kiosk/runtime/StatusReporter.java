package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
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
 * Tells the gateway how the terminal and its devices are: at once when something changes, and as a sign of life when nothing does.
 * What staff must know waits here until the gateway has taken it. Where the terminal takes orders to write tags, they come in the
 * answers.
 *
 * <p>Threads: any; sending is done on one of its own.
 */
public final class StatusReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
    private static final int MOST_EVENTS = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Settings settings;
    private final Clock clock;
    private final Duration offset;
    private final Supplier<String> state;
    private final IntSupplier spooled;
    private final IntSupplier spooledLoans;
    private final IntSupplier pendingSecurity;
    private final Optional<TagOrders> tagOrders;
    private final Optional<SteeringDesk> steering;
    private final Optional<Runnable> restart;
    private final UUID run = UUID.randomUUID();
    private final List<Device> devices = new CopyOnWriteArrayList<>();
    private final Deque<DeviceReport.EventLine> events = new ArrayDeque<>();
    private final JsonMapper json = JsonMapper.builder().build();
    private final CloseableHttpClient http;
    private final Rounds rounds = new Rounds("kiosk-reports", this::round, RETRY);
    // Rises over restarts too, so that the gateway can tell an old report from a new one.
    private long sequence = System.currentTimeMillis();

    /**
     * Where and how reports go.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     * @param heartbeat pause after which a report goes although nothing has changed
     * @param software version of this program
     */
    public record Settings(
            URI gateway,
            Optional<String> certificate,
            String login,
            Secret password,
            Duration heartbeat,
            String software) {}

    /**
     * A reporter that begins when it is started.
     *
     * @param clock the terminal's; device times are moved by its distance from the machine's
     * @param state name of what the terminal is doing
     * @param spooled how many returns and loans wait on disk
     * @param spooledLoans how many of them are loans
     * @param pendingSecurity how many tags still lack their security
     * @param tagOrders orders to write tags, where this terminal takes them
     * @param steering what the gateway sets on top of the terminal's own file, where it may
     * @param restart is told, perhaps again and again, that staff elsewhere want the program started anew, where they may; returns at once
     */
    public StatusReporter(
            Settings settings,
            Clock clock,
            Supplier<String> state,
            IntSupplier spooled,
            IntSupplier spooledLoans,
            IntSupplier pendingSecurity,
            Optional<TagOrders> tagOrders,
            Optional<SteeringDesk> steering,
            Optional<Runnable> restart) {
        this.settings = settings;
        this.clock = clock;
        this.offset = Duration.between(Instant.now(), clock.instant());
        this.state = state;
        this.spooled = spooled;
        this.spooledLoans = spooledLoans;
        this.pendingSecurity = pendingSecurity;
        this.tagOrders = tagOrders;
        this.steering = steering;
        this.restart = restart;
        this.http = GatewayHttp.client(settings.certificate());
    }

    /** Begins to report. */
    public void start() {
        rounds.start();
    }

    /** Reports this device too, from now on; its changes at once. */
    public void watch(Device device) {
        devices.add(device);
        device.onStatus(_ -> changed());
        changed();
    }

    /** Something has changed: report now. */
    public void changed() {
        rounds.now();
    }

    /** Staff must know this; kept until the gateway has taken it. */
    public void report(Incident incident) {
        synchronized (events) {
            if (events.size() >= MOST_EVENTS) {
                events.removeFirst();
            }
            events.addLast(new DeviceReport.EventLine(
                    UUID.randomUUID(), clock.instant(), incident.kind().name(), incident.detail()));
        }
        changed();
    }

    private Duration round() {
        return send() ? settings.heartbeat() : RETRY;
    }

    private boolean send() {
        List<DeviceReport.EventLine> told;
        synchronized (events) {
            told = List.copyOf(events);
        }
        Optional<DeviceReport.TagWork> work = tagOrders.map(TagOrders::work);
        DeviceReport report = new DeviceReport(
                ++sequence,
                clock.instant(),
                settings.software(),
                state.get(),
                spooled.getAsInt(),
                spooledLoans.getAsInt(),
                pendingSecurity.getAsInt(),
                deviceLines(),
                told,
                work.orElse(null),
                steering.map(SteeringDesk::report).orElse(null),
                restart.map(_ -> run).orElse(null));
        HttpPost post = new HttpPost(settings.gateway().resolve("/api/reports"));
        post.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        post.setEntity(new StringEntity(json.writeValueAsString(report), ContentType.APPLICATION_JSON));
        long sent = System.nanoTime();
        try {
            int code = http.execute(post, response -> read(response, sent));
            if (code != NO_CONTENT && code != OK) {
                LOG.warn("the gateway answered a report with {}", code);
                return false;
            }
        } catch (IOException | JacksonException e) {
            LOG.debug("no report: {}", e.getMessage());
            return false;
        }
        synchronized (events) {
            events.removeAll(told);
        }
        work.ifPresent(taken -> tagOrders.orElseThrow().taken(taken));
        return true;
    }

    /** The code of an answer; what stands in it is handed on. */
    private int read(ClassicHttpResponse response, long sent) throws IOException {
        if (response.getCode() == OK) {
            ReportAnswer answer = json.readValue(response.getEntity().getContent(), ReportAnswer.class);
            ReportAnswer.Command order = answer.tagOrder();
            if (order != null) {
                tagOrders.ifPresent(orders -> orders.arrived(order, sent));
            }
            String wanted = answer.configuration();
            if (wanted != null) {
                steering.ifPresent(desk -> desk.wanted(wanted));
            }
            if (Boolean.TRUE.equals(answer.restart())) {
                restart.ifPresent(Runnable::run);
            }
        }
        return response.getCode();
    }

    private List<DeviceReport.DeviceLine> deviceLines() {
        List<DeviceReport.DeviceLine> lines = new ArrayList<>();
        for (Device device : devices) {
            DeviceStatus status = device.status();
            lines.add(new DeviceReport.DeviceLine(
                    device.id().name(),
                    kind(device.id().kind()),
                    switch (status) {
                        case DeviceStatus.Ready _ -> "READY";
                        case DeviceStatus.Degraded _ -> "DEGRADED";
                        case DeviceStatus.Absent _ -> "ABSENT";
                    },
                    status.why().map(StatusReason::name).orElse("NONE"),
                    status.since().plus(offset)));
        }
        return lines;
    }

    private static String kind(DeviceKind kind) {
        return switch (kind) {
            case PAD -> "RFID_PAD";
            case PRINTER -> "RECEIPT_PRINTER";
            case SCANNER -> "BARCODE_SCANNER";
            case CARD -> "CARD_READER";
            case DOOR -> "DOOR_LOCK";
            case KEYPAD -> "KEYPAD";
        };
    }

    @Override
    public void close() {
        rounds.close();
        try {
            http.close();
        } catch (IOException e) {
            LOG.debug("closing the reports: {}", e.getMessage());
        }
    }
}

package fi.kimppa.kiosk;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceHistory;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.card.CardReader;
import fi.kimppa.device.card.ContactlessReader;
import fi.kimppa.device.card.Keypad;
import fi.kimppa.device.card.TouchedCard;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.PadWatch;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityLedger;
import fi.kimppa.kiosk.paper.Receipts;
import fi.kimppa.kiosk.runtime.BranchDesk;
import fi.kimppa.kiosk.runtime.CatalogueDesk;
import fi.kimppa.kiosk.runtime.EffectRunner;
import fi.kimppa.kiosk.runtime.GatewayLine;
import fi.kimppa.kiosk.runtime.LoanReplay;
import fi.kimppa.kiosk.runtime.LogoFiles;
import fi.kimppa.kiosk.runtime.MailDesk;
import fi.kimppa.kiosk.runtime.OffLineDesk;
import fi.kimppa.kiosk.runtime.PadRounds;
import fi.kimppa.kiosk.runtime.ReadingDesk;
import fi.kimppa.kiosk.runtime.Replay;
import fi.kimppa.kiosk.runtime.SessionLoop;
import fi.kimppa.kiosk.runtime.Spool;
import fi.kimppa.kiosk.runtime.StaffDesk;
import fi.kimppa.kiosk.runtime.StatusReporter;
import fi.kimppa.kiosk.runtime.SteeringDesk;
import fi.kimppa.kiosk.runtime.SteeringFile;
import fi.kimppa.kiosk.runtime.UpkeepFile;
import fi.kimppa.kiosk.runtime.Watchdog;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KeyStrikes;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.MachineView;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.StaffTask;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.speech.Announcer;
import fi.kimppa.kiosk.speech.HeadphoneJack;
import fi.kimppa.kiosk.speech.Narrator;
import fi.kimppa.kiosk.speech.SpeechService;
import fi.kimppa.kiosk.text.TextsVersion;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kiosk with everything behind its screen, wired by hand. It needs no window: a window shows {@link #state()} and sends
 * touches.
 *
 * <p>Threads: any may call any method.
 */
public final class Kiosk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kiosk.class);
    private static final int PAPER_COLUMNS = 48;

    /** Letters per line of a receipt by e-mail: few enough for a telephone held upright. */
    private static final int LETTER_COLUMNS = 42;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int READ_RETRIES = 3;
    private static final Duration LOANS_WITH_STAFF = Duration.ofDays(30);

    private final KioskConfiguration configuration;
    private final Clock clock;
    private final Runnable restart;
    private final UpkeepFile upkeep;
    private final SessionLoop loop;
    private final Spool spool;
    private final SecurityLedger ledger;
    private final DeviceHistory history;
    private final Optional<RfidPad> pad;
    private final Optional<ReceiptPrinter> printer;
    private final Optional<CardReader> scanner;
    private final Optional<ContactlessReader> cards;
    private final Optional<Keypad> keypad;
    private final KeyStrikes strikes;
    private final Optional<SpeechService> speech;
    private final Optional<Narrator> narrator;
    private final GatewayLine gateway;
    private final SteeringDesk steering;
    private final StatusReporter reporter;
    private final Replay replay;
    private final OffLineDesk offLine;
    private final CatalogueDesk catalogue;
    private final ReadingDesk reading;
    private final BranchDesk branch;
    private final Optional<PadRounds> rounds;
    private final EffectRunner effects;
    private final AtomicReference<@Nullable PadWatch> watch = new AtomicReference<>();
    private final AtomicReference<@Nullable HeadphoneJack> jack = new AtomicReference<>();
    private final AtomicReference<String> reported = new AtomicReference<>("");
    private final AtomicReference<String> obeyed = new AtomicReference<>("");

    /**
     * Opens disk and devices; nothing happens before {@link #start()}. Devices that are away come later by themselves.
     *
     * @throws fi.kimppa.kiosk.runtime.SpoolException when the folder cannot be used
     */
    public Kiosk(KioskConfiguration configuration) {
        this(configuration, () -> {});
    }

    /**
     * The same.
     *
     * @param restart ends the program with the code that asks for a new start, when staff want it; returns at once
     */
    public Kiosk(KioskConfiguration configuration, Runnable restart) {
        this.configuration = configuration;
        this.restart = restart;
        clock = clock(configuration.clockStart());
        spool = Spool.open(configuration.data());
        upkeep = UpkeepFile.open(configuration.data().resolve("upkeep.json"));
        SteeringFile steered = new SteeringFile(configuration.data().resolve("steering.json"));
        LogoFiles logos = new LogoFiles(configuration.data());
        // Settings whose logo is damaged are as none: they are fetched again, and the logo with them.
        Optional<byte[]> kept =
                steered.read().filter(content -> logos.whole(new String(content, StandardCharsets.UTF_8)));
        logos.tidy(
                kept.map(content -> new String(content, StandardCharsets.UTF_8)).orElse("{}"));
        SteeringDesk.Verdict found = found(kept);
        KioskSettings settings = found.settings().orElse(configuration.settings());
        loop = new SessionLoop(KioskSession.start(settings, upkeep.upkeep(), clock.instant()), clock);
        steering = new SteeringDesk(
                new SteeringDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password()),
                steered,
                logos,
                this::judge,
                kept.map(content -> SteeringDesk.Known.NOTHING.judged(SteeringFile.version(content), found))
                        .orElse(SteeringDesk.Known.NOTHING),
                () -> loop.state().around().settings().steering(),
                good -> loop.post(new KioskEvent.Steered(good)),
                this::steeringTurned);
        ledger = SecurityLedger.open(configuration.data().resolve("security.db"));
        history = DeviceHistory.open(configuration.data().resolve("devices.history"));
        pad = configuration.pad().map(RfidPad::open);
        printer = configuration.printer().map(ReceiptPrinter::open);
        scanner = configuration
                .scanner()
                .map(address -> CardReader.open(address, scan -> loop.post(new KioskEvent.Scanned(scan.text()))));
        cards = configuration.card().map(address -> ContactlessReader.open(address, this::touched));
        strikes = new KeyStrikes(configuration.keysApart());
        gateway = new GatewayLine(
                client(), configuration.heartbeat(), configuration.giveUp(), this::lineTurned, this::clockTold);
        reporter = new StatusReporter(
                new StatusReporter.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password(),
                        configuration.reportEvery(),
                        version()),
                clock,
                () -> name(loop.state()),
                spool::size,
                spool::loans,
                () -> ledger.pending().size(),
                Optional.empty(),
                Optional.of(steering),
                Optional.of(() -> loop.offer(new KioskEvent.Staff(new StaffNews.RestartWanted()))));
        speech = configuration
                .speech()
                .map(voice -> new SpeechService(
                        voice.service(), why -> reporter.report(new Incident(Incident.Kind.SPEECH_FAILED, why))));
        narrator = configuration
                .speech()
                .map(voice -> new Narrator(speech.orElseThrow(), voice.loudspeaker(), voice.sounds()));
        keypad = configuration
                .keypad()
                .map(address -> Keypad.open(address, key -> offer(new KioskEvent.Pressed(Key.of(key)))));
        replay = new Replay(
                spool,
                loanReplay(),
                this::client,
                () -> gateway.line() == Surroundings.Line.UP,
                reporter::report,
                reporter::changed);
        offLine = new OffLineDesk(
                new OffLineDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password(),
                        configuration.offLineKey()),
                spool,
                this::spoolGrew,
                loop::post);
        catalogue = new CatalogueDesk(
                new CatalogueDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password()),
                loop::post);
        reading = new ReadingDesk(
                new ReadingDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password(),
                        configuration.feedEvery()),
                () -> loop.state().around().settings().reads(),
                loop::post);
        branch = new BranchDesk(
                new BranchDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password()),
                loop::post);
        effects = new EffectRunner(
                gateway,
                pad,
                printer,
                ledger,
                spool,
                this::spoolGrew,
                offLine,
                mailDesk(),
                catalogue,
                reading::rate,
                reporter::report,
                this::compose,
                staffDesk(),
                loop::post);
        rounds = pad.map(reader -> new PadRounds(
                reader,
                ledger,
                spool,
                gateway,
                configuration.settings().institution(),
                clock,
                configuration.settings().zone(),
                this::busy,
                loop::post));
    }

    /** What was kept of the gateway's settings before, judged again: this program or its file may be another one since. */
    private SteeringDesk.Verdict found(Optional<byte[]> kept) {
        return kept.map(content -> judge(SteeringFile.version(content), new String(content, StandardCharsets.UTF_8)))
                .orElse(new SteeringDesk.Verdict(Optional.empty(), List.of()));
    }

    private SteeringDesk.Verdict judge(String version, String wanted) {
        try {
            return new SteeringDesk.Verdict(Optional.of(configuration.steered(version, wanted)), List.of());
        } catch (ConfigurationException e) {
            return new SteeringDesk.Verdict(Optional.empty(), e.problems());
        } catch (RuntimeException e) {
            // Whatever is wrong with it, the kiosk serves on.
            LOG.error("the gateway's settings {} cannot be judged", version, e);
            return new SteeringDesk.Verdict(
                    Optional.empty(), List.of("the gateway's settings: they cannot be read; the kiosk's log says why"));
        }
    }

    private void steeringTurned() {
        reporter.changed();
    }

    private Receipt compose(Printout printout, Language language) {
        return receipts(columns(configuration)).compose(printout, language);
    }

    /** As the kiosk is now: names and sentences on paper are those of the screen. */
    private Receipts receipts(int columns) {
        return new Receipts(loop.state().around().settings(), configuration.login(), columns, configuration.layouts());
    }

    private LoanReplay loanReplay() {
        KioskSettings settings = configuration.settings();
        return new LoanReplay(
                spool,
                reporter::report,
                () -> Timestamp.of(clock.instant(), settings.zone()),
                settings.kimppaGateway(),
                settings.timeouts().settle());
    }

    private MailDesk mailDesk() {
        return new MailDesk(
                new MailDesk.Settings(
                        configuration.http(),
                        configuration.httpCertificate(),
                        configuration.login(),
                        configuration.password()),
                (printout, language) -> receipts(LETTER_COLUMNS)
                        .compose(printout, language)
                        .withoutPictures()
                        .toText(LETTER_COLUMNS),
                loop::post);
    }

    private StaffDesk staffDesk() {
        List<Device> devices = new ArrayList<>();
        pad.ifPresent(devices::add);
        printer.ifPresent(devices::add);
        scanner.ifPresent(devices::add);
        cards.ifPresent(devices::add);
        return new StaffDesk(
                devices,
                pad,
                spool,
                gateway,
                clock,
                new StaffDesk.Names(
                        configuration.login(),
                        version(),
                        TextsVersion.now(),
                        configuration.settings().zone(),
                        loudspeaker(),
                        configuration.machineRestart().isPresent()),
                this::play,
                this::endFor,
                loop::post);
    }

    /** Whoever looks after the computer finds the file when this program has ended. */
    private void endFor(boolean machine) {
        configuration.machineRestart().filter(_ -> machine).ifPresent(file -> {
            try {
                Files.write(file, new byte[0]);
            } catch (IOException e) {
                LOG.error("the computer cannot be asked to start anew; the program does", e);
            }
        });
        restart.run();
    }

    private MachineView.Loudspeaker loudspeaker() {
        return configuration
                .speech()
                .map(speaks -> speaks.voice()
                        ? MachineView.Loudspeaker.VOICE
                        : speaks.sounds() ? MachineView.Loudspeaker.SOUNDS : MachineView.Loudspeaker.NOTHING)
                .orElse(MachineView.Loudspeaker.NOTHING);
    }

    /** What staff let be heard. */
    private void play(StaffTask.Play play, Consumer<Boolean> ended) {
        Optional<SpeechConfiguration> heard = configuration.speech();
        if (heard.isEmpty()) {
            ended.accept(false);
            return;
        }
        new Announcer(
                        speech.orElseThrow(),
                        heard.get().voice(),
                        heard.get().sounds(),
                        () -> loop.state().around().settings().languages())
                .play(play, ended);
    }

    private Sip2Client client() {
        return new Sip2Client(new Sip2Client.Settings(
                configuration.sip2(),
                WireProfile.DEFAULT,
                Optional.of(new Sip2Client.Credentials(configuration.login(), configuration.password())),
                Optional.of(configuration.settings().branch()),
                CONNECT_TIMEOUT,
                ANSWER_TIMEOUT,
                configuration.giveUp(),
                READ_RETRIES));
    }

    private static int columns(KioskConfiguration configuration) {
        return configuration
                .printer()
                .map(address -> address.setting("columns", PAPER_COLUMNS, 16, 64))
                .orElse(PAPER_COLUMNS);
    }

    /** The real time, or a time that begins at {@code start} and runs on. */
    static Clock clock(Optional<Instant> start) {
        return start.map(begin -> Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), begin)))
                .orElse(Clock.systemUTC());
    }

    static String version() {
        return Optional.ofNullable(Kiosk.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Begins. */
    public void start() {
        loop.addListener(this::turned);
        narrator.ifPresent(voice -> loop.addListener(voice::turned));
        loop.start(effects);
        pad.ifPresent(this::follow);
        printer.ifPresent(this::follow);
        scanner.ifPresent(this::follow);
        cards.ifPresent(this::follow);
        if (scanner.isEmpty() && configuration.keyboardScanner()) {
            // A keyboard tells nothing of itself; what types is the window's matter.
            loop.post(new KioskEvent.DeviceChanged(DeviceKind.SCANNER, new DeviceStatus.Ready(clock.instant())));
        }
        keypad.ifPresent(this::follow);
        configuration
                .speech()
                .flatMap(SpeechConfiguration::jack)
                .ifPresent(device -> jack.set(HeadphoneJack.open(device, this::plugged)));
        rounds.ifPresent(listener -> watch.set(PadWatch.start(pad.orElseThrow(), listener)));
        replay.start();
        offLine.start();
        reading.start();
        if (configuration.settings().kimppaGateway()) {
            branch.start();
        }
        reporter.start();
        gateway.start();
    }

    /** Pulled out, the voice is silent before anything else happens. */
    private void plugged(boolean in) {
        if (!in) {
            speech.ifPresent(SpeechService::hush);
        }
        loop.post(new KioskEvent.Headphones(in));
    }

    private void follow(Device device) {
        device.onStatus(
                status -> loop.post(new KioskEvent.DeviceChanged(device.id().kind(), status)));
        loop.post(new KioskEvent.DeviceChanged(device.id().kind(), device.status()));
        reporter.watch(device);
        history.follow(device);
    }

    /** A contactless card: its number is what the library has given, else what the chip has, as the library writes it. */
    private void touched(TouchedCard card) {
        switch (card) {
            case TouchedCard.Known(String uid, Optional<String> number) ->
                loop.post(new KioskEvent.CardHeld(
                        number.or(() -> Optional.of(
                                configuration.chip().of(HexFormat.of().parseHex(uid)))),
                        false));
            case TouchedCard.Refused(TouchedCard.Reason reason) -> {
                LOG.info("a card was held to the reader: {}", reason);
                loop.post(new KioskEvent.CardHeld(Optional.empty(), reason == TouchedCard.Reason.LIFTED));
            }
        }
    }

    private void lineTurned(Surroundings.Line line) {
        loop.post(new KioskEvent.LineChanged(line));
        if (line == Surroundings.Line.UP) {
            replay.now();
            offLine.now();
            reading.now();
            branch.now();
        }
    }

    /** The library has told its time; blank where it does not. */
    private void clockTold(AcsStatus status) {
        status.dateTimeSync()
                .instant(configuration.settings().zone())
                .map(theirs -> Duration.between(clock.instant(), theirs))
                .ifPresent(off -> loop.post(new KioskEvent.Staff(new StaffNews.ClockCompared(off))));
    }

    private void spoolGrew() {
        reporter.changed();
        replay.now();
    }

    private void turned(KioskState state) {
        upkeep.keep(state.around().machine().upkeep());
        String version = state.around().settings().steering();
        if (!obeyed.getAndSet(version).equals(version)) {
            reading.turned();
        }
        String now = name(state) + " " + version;
        if (!reported.getAndSet(now).equals(now)) {
            reporter.changed();
            if (state instanceof KioskState.Idle) {
                Thread.startVirtualThread(this::tidy);
            }
        }
    }

    /** Nobody is here: nothing is left on disk of what is done. */
    private void tidy() {
        try {
            ledger.tidy();
            spool.forgetLoans(
                    clock.instant().minus(LOANS_WITH_STAFF),
                    configuration.settings().zone());
        } catch (RuntimeException e) {
            LOG.warn("the disk was not tidied", e);
        }
    }

    private boolean busy() {
        return loop.state() instanceof KioskState.Borrowing
                || loop.state() instanceof KioskState.Account
                || loop.state() instanceof KioskState.Returning;
    }

    /** The name of a state as reports have it, such as {@code OUT_OF_SERVICE}. */
    static String name(Object state) {
        return state.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** What the kiosk is doing now. */
    public KioskState state() {
        return loop.state();
    }

    /** Tells {@code listener} each new state from now on; it is called on the session's thread and must return at once. */
    public void addListener(Consumer<KioskState> listener) {
        loop.addListener(listener);
    }

    /** Beats as long as the kiosk does anything at all. */
    public Watchdog.Pulse pulse() {
        return new Watchdog.Pulse("the session", () -> {}, loop::turnedAt);
    }

    /** A person has touched something. Returns at once. */
    public void touch(Choice choice) {
        offer(new KioskEvent.Touched(choice));
    }

    /** What happened at the window or the keypad. Returns at once. */
    public void offer(KioskEvent event) {
        if (event instanceof KioskEvent.Pressed(Key key)
                && !strikes.counts(key, System.nanoTime(), state().around().preferences())) {
            return;
        }
        narrator.ifPresent(Narrator::acted);
        loop.offer(event);
    }

    /** The reports to the gateway, for what stands beside the kiosk and shares its login. */
    public StatusReporter reporter() {
        return reporter;
    }

    /** The returns and loans on disk. */
    public Spool spool() {
        return spool;
    }

    /** Where the returns and loans on disk, the security ledger and what the devices have done lie. */
    public Path data() {
        return configuration.data();
    }

    /** Ends everything. A patron's session that is open is forgotten; what was promised is on disk. */
    @Override
    public void close() {
        PadWatch watching = watch.getAndSet(null);
        if (watching != null) {
            watching.close();
        }
        rounds.ifPresent(PadRounds::close);
        offLine.close();
        steering.close();
        catalogue.close();
        reading.close();
        branch.close();
        replay.close();
        gateway.close();
        loop.close();
        HeadphoneJack listening = jack.getAndSet(null);
        if (listening != null) {
            listening.close();
        }
        speech.ifPresent(SpeechService::close);
        keypad.ifPresent(Keypad::close);
        upkeep.close();
        scanner.ifPresent(CardReader::close);
        cards.ifPresent(ContactlessReader::close);
        printer.ifPresent(ReceiptPrinter::close);
        pad.ifPresent(RfidPad::close);
        history.close();
        reporter.close();
        ledger.close();
        spool.close();
    }
}

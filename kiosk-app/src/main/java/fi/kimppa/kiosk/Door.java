package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceHistory;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.door.DoorTerminal;
import fi.kimppa.kiosk.runtime.StatusReporter;
import fi.kimppa.kiosk.session.Language;
import java.time.Clock;
import java.util.Optional;

/**
 * One door terminal with its reports to staff, wired by hand. It needs no window.
 *
 * <p>Threads: any may call any method.
 */
public final class Door implements AutoCloseable {
    private final DoorTerminal terminal;
    private final StatusReporter reporter;
    private final Optional<DeviceHistory> history;
    private final Language language;

    /** Opens the devices, which locks the door; nothing else happens before {@link #start()}. */
    public Door(DoorConfiguration configuration) {
        Clock clock = Kiosk.clock(configuration.clockStart());
        this.language = configuration.language();
        // The supplier is asked for the first time after start, when the terminal is there.
        this.reporter = new StatusReporter(
                new StatusReporter.Settings(
                        configuration.door().gateway(),
                        configuration.door().certificate(),
                        configuration.door().login(),
                        configuration.door().password(),
                        configuration.reportEvery(),
                        Kiosk.version()),
                clock,
                this::sceneName,
                () -> 0,
                () -> 0,
                () -> 0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        this.history = configuration.data().map(folder -> DeviceHistory.open(folder.resolve("door.history")));
        this.terminal = new DoorTerminal(configuration.door(), clock, reporter::report);
    }

    private String sceneName() {
        return Kiosk.name(terminal.scene());
    }

    /** Begins to serve. */
    public void start() {
        terminal.devices().forEach(reporter::watch);
        history.ifPresent(counts -> terminal.devices().forEach(counts::follow));
        terminal.addListener(_ -> reporter.changed());
        terminal.start();
        reporter.start();
    }

    /** The terminal behind the window. */
    public DoorTerminal terminal() {
        return terminal;
    }

    /** What the person at the door sees now. */
    public DoorScene scene() {
        return terminal.scene();
    }

    /** Language of the sentences. */
    public Language language() {
        return language;
    }

    @Override
    public void close() {
        terminal.close();
        history.ifPresent(DeviceHistory::close);
        reporter.close();
    }
}

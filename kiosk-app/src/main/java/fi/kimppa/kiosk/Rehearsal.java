package fi.kimppa.kiosk;

import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.ReturnState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks once through what a kiosk does without its gateway, on a virtual desk and with its own window, and ends: the run from which
 * the ahead-of-time cache of a real kiosk is made (JDK 25, JEP 514). Exit codes: 0 seen to its end, 1 not; the cache is made either way.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final VirtualDesk desk;
    private final Kiosk kiosk;
    private final KioskWindow window;

    private Rehearsal(VirtualDesk desk, Kiosk kiosk, KioskWindow window) {
        this.desk = desk;
        this.kiosk = kiosk;
        this.window = window;
    }

    /**
     * Runs it.
     *
     * @param args a folder that may be filled with what a kiosk keeps
     */
    public static void main(String[] args) {
        int code = 0;
        try {
            run(Path.of(args[0]));
            LOG.info("the rehearsal is over");
        } catch (IOException | RuntimeException e) {
            LOG.error("the rehearsal was broken off", e);
            code = 1;
        }
        System.exit(code);
    }

    private static void run(Path folder) throws IOException {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                Kiosk kiosk = new Kiosk(KioskConfiguration.read(configuration(folder, desk)))) {
            KioskWindow window = KioskWindow.open("Kimppa", DeviceProfile.MIDDLE, false, kiosk::offer);
            kiosk.addListener(window::show);
            kiosk.start();
            new Rehearsal(desk, kiosk, window).play();
        }
    }

    /** At port 1 nobody listens: nothing of a rehearsal reaches a library. */
    private static Path configuration(Path folder, VirtualDesk desk) throws IOException {
        return Files.writeString(folder.resolve("rehearsal.json"), """
                {
                  "login": "rehearsal", "password": "none", "institution": "NONE", "branch": "NONE",
                  "gateway": {"sip2": "sip2:tcp:127.0.0.1:1", "http": "http://127.0.0.1:1"},
                  "devices": {"pad": "%s", "printer": "%s", "scanner": "%s"},
                  "data": "%s"
                }""".formatted(
                desk.pad().address(), desk.printer().address(), desk.scanner().address(), folder.resolve("data")));
    }

    private void play() {
        await(() -> kiosk.state() instanceof KioskState.Idle);
        press("borrow");
        await(() -> kiosk.state() instanceof KioskState.Blocked);
        press("finish");
        press("return");
        await(() -> kiosk.state() instanceof KioskState.Returning);
        DemoTags.items().getFirst().tags().forEach(desk.pad()::lay);
        await(() -> kiosk.state() instanceof KioskState.Returning pile
                && pile.rows().stream().anyMatch(row -> row.state() instanceof ReturnState.Returned));
        desk.pad().clear();
        press("finish");
        await(() -> kiosk.state() instanceof KioskState.Idle || window.canPress("no-receipt"));
        if (kiosk.state() instanceof KioskState.OfferingReceipt) {
            press("no-receipt");
        }
        await(() -> kiosk.state() instanceof KioskState.Idle);
    }

    private void press(String node) {
        await(() -> window.canPress(node));
        window.press(node);
    }

    private void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "nothing came of it in " + PATIENCE.toSeconds() + " s: " + Kiosk.name(kiosk.state()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

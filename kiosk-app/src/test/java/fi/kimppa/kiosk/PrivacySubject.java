package fi.kimppa.kiosk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.sun.management.HotSpotDiagnosticMXBean;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.session.KioskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kiosk with its real screens in a process of its own, for {@link PrivacyTest}: the desk, the library and the patrons' secrets are in
 * another, so that whatever is found here the kiosk has kept. Lines come in, {@code press NODE} and {@code dump FILE}; lines
 * go out, {@code subject ...}, between those of the log.
 */
final class PrivacySubject {
    private PrivacySubject() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        logEverything();
        try (Kiosk kiosk = new Kiosk(KioskConfiguration.read(Path.of(args[0])));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            KioskWindow window = KioskWindow.open("Kimppa", DeviceProfile.COMPACT, false, kiosk::offer);
            kiosk.addListener(window::show);
            kiosk.addListener(state -> say(said(state)));
            kiosk.start();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String what = line.substring(line.indexOf(' ') + 1);
                if (line.startsWith("press ")) {
                    press(window, what);
                } else {
                    dump(window, Path.of(what));
                }
            }
        }
        System.exit(0);
    }

    /** More than a kiosk logs: somebody who looks for a fault turns it up. */
    private static void logEverything() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.DEBUG);
            context.getLogger("org.apache.hc").setLevel(Level.WARN);
        }
    }

    /** In one piece: the log writes to the same place from other threads. */
    private static void say(String what) {
        byte[] line = ("subject " + what + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }

    private static String said(KioskState state) {
        return switch (state) {
            case KioskState.Borrowing pile ->
                "Borrowing " + pile.done() + " of " + pile.rows().size();
            case KioskState.Returning pile -> "Returning " + pile.done();
            case KioskState.AskingPin asking -> "AskingPin " + asking.wrong();
            case KioskState.Idle idle -> "Idle " + idle.around().banners();
            default -> state.getClass().getSimpleName();
        };
    }

    private static void press(KioskWindow window, String node) {
        while (!window.canPress(node)) {
            LockSupport.parkNanos(2_000_000);
        }
        window.press(node);
        say("pressed");
    }

    /** What is reachable once the window has drawn what it shows. */
    private static void dump(KioskWindow window, Path file) throws IOException, InterruptedException {
        CountDownLatch drawn = new CountDownLatch(1);
        window.afterNextFrame(() -> window.afterNextFrame(drawn::countDown));
        drawn.await(10, TimeUnit.SECONDS);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        say("dumped");
    }
}

package fi.kimppa.kiosk.desk;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the virtual desk, with its window or without. Ends with status 2 when it was called wrongly, 1 when a port is taken. */
public final class DeskMain {
    private static final Logger LOG = LoggerFactory.getLogger(DeskMain.class);

    private DeskMain() {}

    /** Runs until it is stopped or, with a window, until that is closed. */
    public static void main(String... arguments) throws InterruptedException {
        try {
            run(DeskOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            LOG.error("{}\n{}", e.getMessage(), DeskOptions.USAGE);
            System.exit(2);
        } catch (UncheckedIOException e) {
            LOG.error("{}", e.getMessage());
            System.exit(1);
        }
    }

    private static void run(DeskOptions options) throws InterruptedException {
        var ended = new CountDownLatch(1);
        Desk desk = Desk.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(desk::close));
        desk.addresses().forEach((device, address) -> LOG.info("{}: {}", device, address));
        if (!options.windowless()) {
            DeskWindow window = DeskWindow.open(desk, ended::countDown);
            options.picture().ifPresent(window::snapshot);
        }
        ended.await();
        System.exit(0);
    }
}

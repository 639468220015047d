package fi.kimppa.kiosk.speech;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when headphones are put in and pulled out, from the input device that ALSA keeps for a jack on Linux, such as
 * {@code /dev/input/by-path/…-event}. It tells changes only, so headphones that were in when the kiosk started count from the next
 * time. While the device is away headphones count as out.
 *
 * <p>Threads: one of its own, on which the listener is called; it must return at once.
 */
public final class HeadphoneJack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadphoneJack.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** {@code struct input_event} of a 64-bit kernel: a time of 16 bytes, type, code, value. */
    private static final int EVENT = 24;

    private static final int TYPE_AT = 16;
    private static final short EV_SW = 5;
    private static final short SW_HEADPHONE_INSERT = 2;

    private final Path device;
    private final Consumer<Boolean> plugged;
    private final Thread thread =
            Thread.ofPlatform().name("kiosk-jack").daemon().unstarted(this::run);
    private boolean complained;
    private boolean in;

    private HeadphoneJack(Path device, Consumer<Boolean> plugged) {
        this.device = device;
        this.plugged = plugged;
    }

    /** Begins to listen to the device. */
    public static HeadphoneJack open(Path device, Consumer<Boolean> plugged) {
        HeadphoneJack jack = new HeadphoneJack(device, plugged);
        jack.thread.start();
        return jack;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (FileChannel events = FileChannel.open(device, StandardOpenOption.READ)) {
                complained = false;
                follow(events);
            } catch (ClosedByInterruptException e) {
                return;
            } catch (IOException e) {
                complain(e);
            }
            tell(false);
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void follow(FileChannel events) throws IOException {
        ByteBuffer event = ByteBuffer.allocate(EVENT).order(ByteOrder.nativeOrder());
        while (events.read(event) >= 0) {
            if (event.hasRemaining()) {
                continue;
            }
            event.flip();
            if (event.getShort(TYPE_AT) == EV_SW && event.getShort(TYPE_AT + 2) == SW_HEADPHONE_INSERT) {
                tell(event.getInt(TYPE_AT + 4) != 0);
            }
            event.clear();
        }
    }

    private void tell(boolean now) {
        if (now != in) {
            in = now;
            plugged.accept(now);
        }
    }

    private void complain(IOException e) {
        if (!complained) {
            LOG.warn("the headphone jack {} cannot be read: {}", device, e.getMessage());
            complained = true;
        }
    }

    /** Stops listening. */
    @Override
    public void close() {
        thread.interrupt();
    }
}

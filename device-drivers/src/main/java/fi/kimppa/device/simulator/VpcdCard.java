package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.SerialLine;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card in the virtual reader of vsmartcard ({@code vpcd}, a driver of pcscd): it lies there until it is closed. vpcd listens, and a
 * card is a client of it. Source: frankmorgner/vsmartcard, virtualsmartcard/src/vpcd/vpcd.c: messages of a length in two bytes, high
 * byte first, and so many bytes; one byte is an order to the card, more are a command APDU. Seen with Debian's vsmartcard-vpcd 3.3: it
 * looks for a card each 400 ms, and sends length and bytes apart, so that each command takes 40 ms (a delayed acknowledgement).
 *
 * <p>Threads: one of its own; {@link #close()} from any.
 */
public final class VpcdCard implements AutoCloseable {
    /** Where vpcd's first reader listens as Debian configures it. */
    public static final int USUAL_PORT = 35_963;

    private static final Logger LOG = LoggerFactory.getLogger(VpcdCard.class);
    private static final SerialLine NO_SERIAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LENGTH_BYTES = 2;
    private static final int POWER_OFF = 0;
    private static final int POWER_ON = 1;
    private static final int RESET = 2;
    private static final int TELL_ATR = 4;

    private final ByteLink link;
    private final VirtualCard card;
    private final Runnable gone;
    private int answersLeft;

    private VpcdCard(ByteLink link, VirtualCard card, int answers, Runnable gone) {
        this.gone = gone;
        this.link = link;
        this.card = card;
        this.answersLeft = answers;
    }

    /**
     * Lays a card on the reader. The service looks for cards now and then, so it is seen a moment later.
     *
     * @param port on 127.0.0.1 where vpcd listens for this reader
     * @throws fi.kimppa.device.DeviceException.LinkException when nothing listens there
     */
    public static VpcdCard lay(int port, VirtualCard card) {
        return lay(port, card, Integer.MAX_VALUE);
    }

    /** Lays a card down that is taken away in the middle of the command after so many answers. */
    public static VpcdCard lay(int port, VirtualCard card, int answers) {
        return lay(port, card, answers, () -> {});
    }

    /** The same, and {@code gone} runs when it was taken away by itself, on a thread of its own. */
    static VpcdCard lay(int port, VirtualCard card, int answers, Runnable gone) {
        var address = new DeviceAddress("vpcd", new DeviceAddress.Link.Tcp("127.0.0.1", port), Map.of());
        var laid = new VpcdCard(ByteLink.open(address, NO_SERIAL_LINE), card, answers, gone);
        card.reset();
        Thread.ofPlatform().daemon().name("vpcd-card").start(laid::serve);
        return laid;
    }

    private void serve() {
        try (link) {
            while (answersLeft >= 0) {
                hear(message());
            }
        } catch (DeviceException e) {
            // Lifted, or the service has ended.
            LOG.debug("{}", e.getMessage());
        }
        if (answersLeft < 0) {
            gone.run();
        }
    }

    private byte[] message() {
        byte[] length = bytes(LENGTH_BYTES);
        return bytes((length[0] & 0xFF) << 8 | (length[1] & 0xFF));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        int got = 0;
        while (got < count) {
            byte[] rest = new byte[count - got];
            int more = link.read(rest, PATIENCE);
            System.arraycopy(rest, 0, bytes, got, more);
            got += more;
        }
        return bytes;
    }

    private void hear(byte[] message) {
        if (message.length != 1) {
            answersLeft--;
            if (answersLeft >= 0) {
                tell(card.answer(message));
            }
            return;
        }
        switch (message[0]) {
            case TELL_ATR -> tell(card.atr());
            case POWER_ON, RESET -> card.reset();
            case POWER_OFF -> LOG.debug("power off");
            default -> LOG.debug("unknown order {}", message[0]);
        }
    }

    private void tell(byte[] message) {
        byte[] framed = new byte[LENGTH_BYTES + message.length];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, LENGTH_BYTES, message.length);
        link.write(framed);
    }

    /** Takes the card away. */
    @Override
    public void close() {
        link.close();
    }
}

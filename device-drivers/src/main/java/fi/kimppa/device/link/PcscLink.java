package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import jnasmartcardio.Smartcardio.EstablishContextException;
import jnasmartcardio.Smartcardio.JnaCardTerminals;
import jnasmartcardio.Smartcardio.JnaTerminalFactorySpi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card reader of the PC/SC service as a link of APDUs (ISO/IEC 7816-4): each write is one command, and the next read gives its
 * whole response, status words included. A command that no card is there for waits for one as long as that read does, and is
 * forgotten with it; so a driver that asks each card who it is sleeps in the system until one comes. A card that is lifted, or
 * does not answer, answers with silence; a read that has nothing to wait for returns 0 early when a card comes or goes, so that
 * the driver may ask again.
 *
 * <p>A card stays connected, shared with other programs, until it goes: a command after a silence may reach another card, one
 * before it never does.
 *
 * <p>The service is reached through jnasmartcardio 0.2.7 with a context of its own for each link. Seen there with pcscd 1.9.9: once the
 * service has ended, every call of the context fails for good, and a new context works as soon as the service is back.
 */
final class PcscLink implements ByteLink {
    private static final Logger LOG = LoggerFactory.getLogger(PcscLink.class);
    /** Waits cannot be broken off, so they are cut into slices; closing takes at most one. */
    private static final int SLICE_MILLIS = 200;
    /** The shortest wait; 0 would be for ever. */
    private static final int AT_ONCE_MILLIS = 1;
    /** T=1, T=0, whichever the reader has chosen for the card. */
    private static final String ANY_PROTOCOL = "*";
    /** An extended response; readers of contactless storage cards give 258 at most. */
    private static final int LONGEST_RESPONSE = 65_538;

    private static final byte[] NOTHING = {};

    private final DeviceAddress address;
    private final JnaCardTerminals service;
    private final CardTerminal reader;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CardChannel card;
    /** The command that no card has got yet. */
    private byte[] waiting = NOTHING;
    /** What is left of the last response. */
    private byte[] response = NOTHING;

    private volatile boolean closed;

    private PcscLink(DeviceAddress address, JnaCardTerminals service, CardTerminal reader) {
        this.address = address;
        this.service = service;
        this.reader = reader;
    }

    private static JnaCardTerminals service(DeviceAddress address, long begun) {
        try {
            return (JnaCardTerminals) new JnaTerminalFactorySpi(address).engineTerminals();
        } catch (EstablishContextException | LinkageError e) {
            // The service does not run, or its library is not installed.
            throw new LinkException(address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, e);
        }
    }

    /** The names of all readers that the service knows; no card is touched. */
    static List<String> names(DeviceAddress address) {
        long begun = System.nanoTime();
        JnaCardTerminals service = service(address, begun);
        try {
            return service.list().stream().map(CardTerminal::getName).toList();
        } catch (CardException e) {
            throw new LinkException(address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, e);
        } finally {
            release(service);
        }
    }

    static PcscLink open(DeviceAddress address, DeviceAddress.Link.Pcsc place) {
        long begun = System.nanoTime();
        JnaCardTerminals service = service(address, begun);
        try {
            return new PcscLink(address, service, reader(address, service.list(), place.reader(), begun));
        } catch (CardException | LinkException e) {
            release(service);
            throw e instanceof LinkException failure
                    ? failure
                    : new LinkException(address, Phase.OPEN, Elapsed.since(begun), StatusReason.UNREACHABLE, e);
        }
    }

    private static CardTerminal reader(DeviceAddress address, List<CardTerminal> readers, String wanted, long begun) {
        List<String> names = readers.stream().map(CardTerminal::getName).toList();
        List<String> found = named(names, wanted);
        if (found.size() != 1) {
            throw new LinkException(
                    address,
                    Phase.OPEN,
                    Elapsed.since(begun),
                    StatusReason.UNREACHABLE,
                    "expected one reader, found " + found.size() + " among " + names);
        }
        return readers.get(names.indexOf(found.getFirst()));
    }

    /** The names that are meant: the one that is written out, else those that begin so, else those that contain it. */
    static List<String> named(List<String> names, String wanted) {
        if (wanted.equals("*") || names.contains(wanted)) {
            return wanted.equals("*") ? names : List.of(wanted);
        }
        List<String> beginning =
                names.stream().filter(name -> name.startsWith(wanted)).toList();
        return beginning.isEmpty()
                ? names.stream().filter(name -> name.contains(wanted)).toList()
                : beginning;
    }

    @Override
    public DeviceAddress address() {
        return address;
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long begun = System.nanoTime();
        boolean changed = false;
        long left = timeout.toMillis();
        while (response.length == 0 && left > 0 && !changed) {
            int slice = (int) Math.min(left, SLICE_MILLIS);
            changed = locked(Phase.READ, () -> await(slice));
            left = timeout.minus(Elapsed.since(begun)).toMillis();
        }
        return locked(Phase.READ, () -> {
            int count = Math.min(buffer.length, response.length);
            System.arraycopy(response, 0, buffer, 0, count);
            response = Arrays.copyOfRange(response, count, response.length);
            waiting = NOTHING;
            return count;
        });
    }

    /** One short wait; says whether a card came or went that nobody had asked for. */
    private boolean await(int millis) throws CardException {
        if (waiting.length > 0) {
            if (reader.waitForCardPresent(millis)) {
                byte[] command = waiting;
                waiting = NOTHING;
                transmit(command);
            }
            return false;
        }
        if (card == null && !reader.waitForCardPresent(AT_ONCE_MILLIS)) {
            return reader.waitForCardPresent(millis);
        }
        boolean gone = reader.waitForCardAbsent(millis);
        if (gone) {
            disconnect();
        }
        return gone;
    }

    @Override
    public void write(byte[] bytes) {
        locked(Phase.WRITE, () -> {
            // An answer that nobody has read must not pass for the answer to this.
            response = NOTHING;
            waiting = NOTHING;
            if (card == null) {
                // Whether one is there is asked once, by the read that waits for it.
                waiting = bytes.clone();
            } else {
                transmit(bytes);
            }
            return true;
        });
    }

    private void transmit(byte[] command) throws CardException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_RESPONSE);
        try {
            CardChannel channel = card;
            if (channel == null) {
                channel = reader.connect(ANY_PROTOCOL).getBasicChannel();
                card = channel;
            }
            int count = channel.transmit(ByteBuffer.wrap(command), buffer);
            response = Arrays.copyOf(buffer.array(), count);
        } catch (CardException e) {
            disconnect();
            if (PcscFault.ofReader(e).isPresent()) {
                throw e;
            }
            LOG.debug("{}: no answer from the card: {}", address, e.getMessage());
        } catch (IllegalArgumentException e) {
            // How this library stumbles over a response without status words. An empty one is none: a card that went.
            disconnect();
            LOG.debug("{}: not a response", address, e);
            if (buffer.position() > 0) {
                throw new FormatException("a response of at least 2 bytes", "1 byte", 1);
            }
        }
    }

    private interface Work<T> {
        T done() throws CardException;
    }

    private <T> T locked(Phase phase, Work<T> work) {
        long begun = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                throw new LinkException(address, phase, Duration.ZERO, StatusReason.CLOSED, "closed");
            }
            return work.done();
        } catch (CardException e) {
            throw new LinkException(
                    address, phase, Elapsed.since(begun), PcscFault.ofReader(e).orElse(StatusReason.UNPLUGGED), e);
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        CardChannel channel = card;
        card = null;
        if (channel != null) {
            try {
                channel.getCard().disconnect(false);
            } catch (CardException e) {
                LOG.debug("{}: {}", address, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            disconnect();
            release(service);
        } finally {
            lock.unlock();
        }
    }

    private static void release(JnaCardTerminals service) {
        try {
            service.close();
        } catch (CardException e) {
            // The service has ended, and the context with it.
            LOG.debug("{}", e.getMessage());
        }
    }
}

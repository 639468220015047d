package fi.kimppa.device.door;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches what the driver of the door on coil 0 sends, whatever becomes of it, and keeps what it must not send: a write to anything
 * but its own relay and its own watchdog, a release that nobody has asked for, and anything before the lock is switched off on a new
 * link.
 */
final class SentToBoard {
    private static final int COIL = 0;
    private static final int WRITE_COIL = 0x05;
    private static final int WRITE_REGISTER = 0x06;

    private final ModbusFraming framing;
    private final DoorSettings settings;
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private volatile boolean asked;

    SentToBoard(ModbusFraming framing, DoorSettings settings) {
        this.framing = framing;
        this.settings = settings;
    }

    /** Whether somebody is asking for a release now. */
    void asked(boolean now) {
        asked = now;
    }

    List<String> forbidden() {
        return forbidden;
    }

    ByteLink on(ByteLink link) {
        return new Watched(link);
    }

    private boolean allowed(ByteBuffer message, boolean first) {
        int function = message.get(0);
        int address = message.getShort(1) & 0xFFFF;
        int value = message.getShort(3) & 0xFFFF;
        boolean off = function == WRITE_COIL && address == COIL && value == ModbusBoard.OFF;
        if (first) {
            return off;
        }
        return switch (function) {
            case WRITE_COIL -> off || (asked && releases(address, value));
            case WRITE_REGISTER ->
                settings.watchdog()
                        .filter(watchdog -> watchdog.register() == address && watchdog.tenths() == value)
                        .isPresent();
            default -> function <= 0x04;
        };
    }

    private boolean releases(int address, int value) {
        return settings.flash()
                .map(flash -> address == flash.first() + COIL && value > 0 && value <= 600)
                .orElse(address == COIL && value == ModbusBoard.ON);
    }

    private final class Watched implements ByteLink {
        private final ByteLink link;
        private boolean first = true;

        Watched(ByteLink link) {
            this.link = link;
        }

        @Override
        public DeviceAddress address() {
            return link.address();
        }

        @Override
        public int read(byte[] buffer, Duration timeout) {
            return link.read(buffer, timeout);
        }

        @Override
        public void write(byte[] bytes) {
            byte[] message = framing == ModbusFraming.TCP
                    ? Arrays.copyOfRange(bytes, 7, bytes.length)
                    : Arrays.copyOfRange(bytes, 1, bytes.length - 2);
            if (!allowed(ByteBuffer.wrap(message), first)) {
                forbidden.add((first ? "first " : "") + HexFormat.of().formatHex(bytes));
            }
            first = false;
            link.write(bytes);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}

package fi.kimppa.device.card;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.link.StandIns;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A numeric keypad over TCP or a serial line that sends one ASCII character a key: digits, {@code #} or CR to
 * confirm, {@code *} to clear. Anything else is ignored.
 *
 * <p>Address: {@code keypad:serial:/dev/ttyUSB1?baud=9600}; settings for serial lines {@code baud}, {@code parity},
 * {@code stopbits} (9600 8N1).
 *
 * <p>A keypad never answers, so it is ready as long as its link stands.
 */
public final class Keypad extends LineDevice {
    private static final SerialLine USUAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final Set<String> SETTINGS = Set.of("baud", "parity", "stopbits");
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final DeviceLine line;
    private final Consumer<KeypadKey> listener;

    Keypad(DeviceAddress address, LinkOpener opener, Consumer<KeypadKey> listener) {
        address.expect("keypad", SETTINGS);
        this.listener = listener;
        this.line = new DeviceLine(
                DeviceId.of(DeviceKind.KEYPAD),
                address,
                opener,
                new DeviceLine.Manners(
                        _ -> Optional.empty(),
                        this::listen,
                        Duration.ZERO,
                        (_, bytes) -> StandIns.withoutDigits(bytes)),
                Clock.systemUTC());
        line.start();
    }

    /**
     * Opens the keypad.
     *
     * @param listener gets each key, on the driver's thread: hand over and return
     */
    public static Keypad open(DeviceAddress address, Consumer<KeypadKey> listener) {
        return new Keypad(address, () -> ByteLink.open(address, USUAL_LINE), listener);
    }

    private Optional<StatusReason> listen(ByteLink link) {
        byte[] buffer = new byte[32];
        int count = link.read(buffer, PATIENCE);
        for (int i = 0; i < count; i++) {
            KeypadKey.of((char) (buffer[i] & 0xFF)).ifPresent(listener);
        }
        // The bytes were digits of a PIN.
        Arrays.fill(buffer, (byte) 0);
        return Optional.empty();
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}

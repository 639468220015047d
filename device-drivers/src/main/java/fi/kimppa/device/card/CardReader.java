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
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bar code scanner over TCP or a serial line.
 *
 * <p>Address: {@code scanner:serial:/dev/ttyACM0?baud=9600}; settings {@code min} and {@code max} length (1 and 64),
 * {@code gap} in ms after which a code without suffix ends, and one that lacks its suffix is dropped (80), {@code repeat} in ms within which the same code counts once
 * (1500), {@code prefix} in hexadecimal that every code must have (none), {@code suffix} in hexadecimal, {@code usual} for carriage
 * return, line feed or tab, or {@code silence} (usual), {@code alphabet} printable, ascii, alphanumeric or digits (printable),
 * {@code symbologies} by AIM letters such as {@code ACF} (all), for serial lines {@code baud}, {@code parity}, {@code stopbits} (9600 8N1).
 *
 * <p>A scanner never answers, so it is ready as long as its link stands; {@link #check()} tells no more than that.
 */
public final class CardReader extends LineDevice {
    private static final String DRIVER = "scanner";
    private static final SerialLine USUAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final Set<String> SETTINGS = Stream.concat(
                    ScanRules.SETTINGS.stream(), Stream.of("gap", "baud", "parity", "stopbits"))
            .collect(Collectors.toUnmodifiableSet());
    /** How long one read waits; others wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final DeviceLine line;
    private final ScanAssembler assembler;
    private final Duration gap;
    private final Consumer<Scan> listener;

    CardReader(DeviceId id, DeviceAddress address, LinkOpener opener, Consumer<Scan> listener) {
        address.expect(DRIVER, SETTINGS);
        this.listener = listener;
        this.gap = Duration.ofMillis(address.setting("gap", 80, 10, 5_000));
        this.assembler = new ScanAssembler(ScanRules.of(address));
        this.line = new DeviceLine(
                id,
                address,
                opener,
                new DeviceLine.Manners(this::greet, this::listen, Duration.ZERO),
                Clock.systemUTC());
        line.start();
    }

    /**
     * Opens the scanner under the name {@code scanner}.
     *
     * @param listener gets each code, on the driver's thread: hand over and return
     */
    public static CardReader open(DeviceAddress address, Consumer<Scan> listener) {
        return open(DeviceId.of(DeviceKind.SCANNER), address, listener);
    }

    /** Opens the scanner under a name of its own. */
    public static CardReader open(DeviceId id, DeviceAddress address, Consumer<Scan> listener) {
        return new CardReader(id, address, () -> ByteLink.open(address, USUAL_LINE), listener);
    }

    /** Half a code on one link and half of another on the next do not make a code. */
    private Optional<StatusReason> greet(ByteLink link) {
        assembler.broken(System.nanoTime());
        return Optional.empty();
    }

    private Optional<StatusReason> listen(ByteLink link) {
        byte[] buffer = new byte[256];
        int count = link.read(buffer, PATIENCE);
        while (count > 0) {
            assembler.feed(buffer, count, System.nanoTime()).forEach(listener);
            count = link.read(buffer, gap);
        }
        assembler.gap(System.nanoTime()).ifPresent(listener);
        return Optional.empty();
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}

package fi.kimppa.device.door;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock and the contact of one door, on a relay board that speaks Modbus TCP. Letting people out never depends on it.
 *
 * <p>Address: {@code modbus:tcp:192.0.2.9:502?coil=0}; settings {@code unit} (1), {@code coil} of the lock (0),
 * {@code input} of the door contact, 1 = open (0; {@code none} if the door has no contact), {@code flash}: first address of the
 * board's timed outputs, in tenths of a second (512 on Waveshare boards; without it the driver switches on and off by itself),
 * {@code held}: seconds after which an open door is held open (30), {@code timeout} in ms for one answer (1000).
 *
 * <p>When the driver connects, it first switches the lock off: a program that starts is a locked door. With {@code flash} the board
 * itself ends the release, so neither a crash nor a cut cable can leave the door open; without it the door stays released while
 * the board cannot be reached, and is locked as soon as it can. Prefer {@code flash}.
 */
public final class DoorLock extends LineDevice {
    private static final Logger LOG = LoggerFactory.getLogger(DoorLock.class);
    private static final String DRIVER = "modbus";
    /** Only TCP is offered; a serial line would need another framing. */
    private static final SerialLine NO_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);

    private static final Set<String> SETTINGS = Set.of("unit", "coil", "input", "flash", "held", "timeout");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final DeviceLine line;
    private final Clock clock;
    private final ModbusTcp modbus;
    private final int coil;
    private final OptionalInt input;
    private final OptionalInt flash;
    private final Duration held;
    private final List<Consumer<DoorState>> listeners = new CopyOnWriteArrayList<>();
    private volatile DoorState state = new DoorState.Locked();
    private volatile Instant releasedUntil = Instant.EPOCH;
    private boolean switchedOn;

    DoorLock(DeviceId id, DeviceAddress address, LinkOpener opener, Clock clock) {
        address.expect(DRIVER, SETTINGS);
        this.clock = clock;
        this.modbus = new ModbusTcp(
                address,
                address.setting("unit", 1, 0, 255),
                Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)));
        this.coil = address.setting("coil", 0, 0, 0xFFFF);
        this.input = address.setting("input").equals(Optional.of("none"))
                ? OptionalInt.empty()
                : OptionalInt.of(address.setting("input", 0, 0, 0xFFFF));
        this.flash = address.setting("flash").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(address.setting("flash", 0, 0, 0xFFFF));
        this.held = Duration.ofSeconds(address.setting("held", 30, 1, 3_600));
        this.line = new DeviceLine(
                id, address, opener, new DeviceLine.Manners(this::lock, this::poll, POLL_INTERVAL), clock);
        line.start();
    }

    /** Connects to the board under the name {@code door}. */
    public static DoorLock connect(DeviceAddress address) {
        return connect(DeviceId.of(DeviceKind.DOOR), address);
    }

    /** Connects to the board under a name of its own. */
    public static DoorLock connect(DeviceId id, DeviceAddress address) {
        if (!(address.link() instanceof DeviceAddress.Link.Tcp)) {
            throw new IllegalArgumentException("Device address '" + address + "': expected the link tcp");
        }
        return new DoorLock(id, address, () -> ByteLink.open(address, NO_LINE), Clock.systemUTC());
    }

    /** A new connection: nobody knows what the board did meanwhile, so the lock is switched off. */
    private Optional<StatusReason> lock(ByteLink link) {
        try {
            modbus.coil(link, coil, ModbusTcp.OFF);
            switchedOn = false;
            releasedUntil = Instant.EPOCH;
            return poll(link);
        } catch (ModbusTcp.Refusal e) {
            return refused(e);
        }
    }

    private Optional<StatusReason> poll(ByteLink link) {
        try {
            if (switchedOn && !clock.instant().isBefore(releasedUntil)) {
                modbus.coil(link, coil, ModbusTcp.OFF);
                switchedOn = false;
            }
            if (input.isPresent()) {
                become(new DoorState.Input.Contact(modbus.input(link, input.getAsInt())));
            }
            become(new DoorState.Input.Tick());
            return Optional.empty();
        } catch (ModbusTcp.Refusal e) {
            return refused(e);
        }
    }

    private Optional<StatusReason> refused(ModbusTcp.Refusal e) {
        LOG.warn("{}: {}; are coil, input and flash right for this board?", line.id(), e.getMessage());
        return Optional.of(StatusReason.DEVICE_ERROR);
    }

    /**
     * Releases the lock for a while; a second call while it is released can only extend the time.
     *
     * @param time 100 ms to 60 s; a timed output rounds it up to tenths of a second
     * @throws fi.kimppa.device.DeviceException when the board is not there
     */
    public Unlocking open(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Expected 100 ms to 60 s, found " + time);
        }
        return line.talk(link -> {
            Instant until = clock.instant().plus(time);
            if (until.isBefore(releasedUntil)) {
                return new Unlocking.Released(releasedUntil);
            }
            try {
                if (flash.isPresent()) {
                    modbus.coil(link, flash.getAsInt() + coil, (int) ((time.toMillis() + 99) / 100));
                } else {
                    switchedOn = true;
                    modbus.coil(link, coil, ModbusTcp.ON);
                }
            } catch (ModbusTcp.Refusal e) {
                return new Unlocking.Refused(e.code());
            }
            releasedUntil = until;
            become(new DoorState.Input.Released(until));
            return new Unlocking.Released(until);
        });
    }

    /** How the door stands, as last seen; does not touch the wire. */
    public DoorState state() {
        return state;
    }

    /** Tells {@code listener} each change of the door, on the driver's or a caller's thread: hand over and return. */
    public void onState(Consumer<DoorState> listener) {
        listeners.add(listener);
    }

    /** Called within a conversation only, so one at a time. */
    private void become(DoorState.Input event) {
        DoorState next = DoorState.next(state, event, clock.instant(), held);
        if (!next.equals(state)) {
            state = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    @Override
    protected DeviceLine line() {
        return line;
    }

    /** Stops the driver; a lock that it had switched on is switched off first if the board can be reached. */
    @Override
    public void close() {
        if (switchedOn && line.status().usable()) {
            try {
                line.talk(this::lock);
            } catch (fi.kimppa.device.DeviceException e) {
                LOG.warn("{}: not locked while closing: {}", line.id(), e.getMessage());
            }
        }
        line.close();
    }
}

package fi.kimppa.device.door;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.door.DoorSettings.Flash;
import fi.kimppa.device.door.DoorState.Input;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock and the contacts of one door, on a relay board that speaks Modbus.
 *
 * <p>Letting people out never depends on it: the handle inside and the fire alarm act on the lock by wires of their own, which this
 * program neither drives nor can refuse (see {@link DoorState}).
 *
 * <p>Address: {@code modbus:tcp:192.0.2.9:502?coil=0} or {@code modbus:serial:/dev/ttyUSB2?baud=9600&unit=1}. Settings:
 * <ul>
 * <li>{@code framing}: {@code tcp} or {@code rtu}; usually what the link suggests. {@code unit} (1), {@code timeout} in ms for one
 * answer (1000, on RTU 500 and asked twice); on a serial line {@code baud} (9600), {@code parity} (none), {@code stopbits} (1).
 * <li>{@code coil} of the lock (0). {@code alloff}: so many coils from 0 on are switched off when connecting, for a board that
 * serves this door only.
 * <li>{@code input} of the door contact, 1 = open (0); {@code exit}, 1 = somebody inside wants to leave; {@code tamper}, 1 =
 * tampered with. Each a number, {@code !number} when 0 means so, or {@code none}. {@code exitgrant}: for how many seconds after
 * {@code exit} an opening is granted (10).
 * <li>{@code flash}: first address of the board's timed outputs (512 on Waveshare boards), {@code flashunit}: their unit in ms
 * (100). {@code watchdog=REGISTER:TENTHS}: the board switches its outputs off when nobody talks to it for so long.
 * <li>{@code held}: seconds after which an open door is held open (30). {@code fail}: what the lock does without power,
 * {@code safe}, {@code secure} or {@code unknown}; recorded only. {@code counter=3:REGISTER} or {@code 4:REGISTER}.
 * </ul>
 *
 * <p>The lock is switched off when the driver connects, whenever it connects again, and when it is closed: a program that starts is a
 * locked door. With {@code flash} the board itself ends each release, so neither a crash nor a cut cable can leave the door open;
 * {@code watchdog} ends it somewhat later. <b>Without either, a program that crashes while the lock is released leaves the relay on
 * until the next start</b>, and a cut cable does until it is mended; {@link #inspect()} says so. The relay belongs to this driver: one
 * that is on although nobody was let in is switched off as soon as it is seen.
 *
 * <p>Contacts are read about ten times a second. Threads: any.
 */
public final class DoorLock extends LineDevice {
    private static final Logger LOG = LoggerFactory.getLogger(DoorLock.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int CLOSING_TRIES = 3;
    /** How long a self-test releases the lock. */
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final DeviceLine line;
    private final Clock clock;
    private final DoorSettings settings;
    private final ModbusBoard board;
    private final List<Consumer<DoorState>> listeners = new CopyOnWriteArrayList<>();
    private volatile DoorState state = new DoorState.Locked();
    private volatile Instant releasedUntil = Instant.EPOCH;
    /** Whether the relay has to be switched off by us; volatile for closing, otherwise used within conversations. */
    private volatile boolean switchedOn;
    /** The exception with which the board refused to be made safe; it is asked again, and opens nothing until it is. */
    private OptionalInt insecure = OptionalInt.empty();

    DoorLock(DeviceId id, DeviceAddress address, LinkOpener opener, Clock clock) {
        this.clock = clock;
        this.settings = DoorSettings.of(address);
        this.board = new ModbusBoard(settings.wire());
        this.line = new DeviceLine(
                id, address, opener, new DeviceLine.Manners(this::greet, this::poll, POLL_INTERVAL), clock);
        if (!settings.weaknesses().isEmpty()) {
            LOG.warn("{} at {} has weaknesses: {}", id, address, settings.weaknesses());
        }
        line.start();
    }

    /** Connects to the board under the name {@code door}. */
    public static DoorLock connect(DeviceAddress address) {
        return connect(DeviceId.of(DeviceKind.DOOR), address);
    }

    /** Connects to the board under a name of its own. */
    public static DoorLock connect(DeviceId id, DeviceAddress address) {
        return new DoorLock(id, address, () -> ByteLink.open(address, DoorSettings.USUAL_LINE), Clock.systemUTC());
    }

    // ---- conversations -----------------------------------------------------------------------------------

    /** A new connection: nobody knows what the board did meanwhile, so the lock is switched off before anything else. */
    private Optional<StatusReason> greet(ByteLink link) {
        try {
            Optional<StatusReason> wrong = secure(link);
            List<Input> seen = new ArrayList<>(look(link));
            // After the contact: a door that was opened within its grant while the link was away is not forced.
            seen.add(new Input.Relocked());
            become(seen);
            return wrong;
        } catch (ModbusBoard.Refusal e) {
            return refused(e);
        }
    }

    private Optional<StatusReason> secure(ByteLink link) throws ModbusBoard.Refusal {
        try {
            Optional<StatusReason> wrong = switchOff(link);
            if (settings.allOff().isPresent()) {
                board.allOff(link, settings.allOff().getAsInt());
            }
            if (settings.watchdog().isPresent()) {
                watch(link, settings.watchdog().get());
            }
            insecure = OptionalInt.empty();
            return wrong;
        } catch (ModbusBoard.Refusal e) {
            insecure = OptionalInt.of(e.code());
            throw e;
        }
    }

    private void watch(ByteLink link, DoorSettings.Watchdog watchdog) throws ModbusBoard.Refusal {
        board.writeRegister(link, watchdog.register(), watchdog.tenths());
    }

    /**
     * A board may forget its watchdog when its power fails, and on a serial line nobody notices that it did. Read before it is
     * written, because some boards keep their registers in a memory that wears.
     */
    private void watchOn(ByteLink link) throws ModbusBoard.Refusal {
        if (settings.watchdog().isEmpty()) {
            return;
        }
        DoorSettings.Watchdog watchdog = settings.watchdog().get();
        try {
            if (board.holdingRegister(link, watchdog.register()) == watchdog.tenths()) {
                return;
            }
            LOG.warn("{}: the board has forgotten its watchdog; was its power cut?", line.id());
        } catch (ModbusBoard.Refusal e) {
            LOG.debug("{}: the watchdog cannot be read: {}", line.id(), e.getMessage());
        }
        try {
            watch(link, watchdog);
        } catch (ModbusBoard.Refusal e) {
            insecure = OptionalInt.of(e.code());
            throw e;
        }
    }

    private Optional<StatusReason> poll(ByteLink link) {
        if (insecure.isPresent()) {
            return greet(link);
        }
        try {
            Optional<StatusReason> wrong = clock.instant().isBefore(releasedUntil) ? Optional.empty() : keepOff(link);
            become(look(link));
            return wrong;
        } catch (ModbusBoard.Refusal e) {
            return refused(e);
        }
    }

    /**
     * The relay is off while nobody is let in. It is looked at even when it was switched off: a release that a network held back
     * may arrive after that, on a connection that was given up, and a board may have a relay on when its power comes back.
     */
    private Optional<StatusReason> keepOff(ByteLink link) throws ModbusBoard.Refusal {
        if (!switchedOn && !released(link).orElse(false)) {
            return Optional.empty();
        }
        if (!switchedOn && clock.instant().isAfter(releasedUntil.plus(settings.slack()))) {
            LOG.warn("{}: the relay was on although nobody was let in", line.id());
        }
        return switchOff(link);
    }

    /** Off, and looked at afterwards: a relay that stays on although the board said yes must not go unnoticed. */
    private Optional<StatusReason> switchOff(ByteLink link) throws ModbusBoard.Refusal {
        switchedOn = true;
        board.writeCoil(link, settings.coil(), ModbusBoard.OFF);
        if (released(link).orElse(false)) {
            LOG.error("{}: the relay stays on", line.id());
            return Optional.of(StatusReason.DEVICE_ERROR);
        }
        switchedOn = false;
        releasedUntil = Instant.EPOCH;
        return Optional.empty();
    }

    /** What the board reads at its own relay; empty on boards that can only write it. */
    private Optional<Boolean> released(ByteLink link) {
        try {
            return Optional.of(board.coils(link, settings.coil(), 1).get(0));
        } catch (ModbusBoard.Refusal e) {
            LOG.debug("{}: the relay cannot be read: {}", line.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Reads all contacts in one question, so that they belong together. */
    private List<Input> look(ByteLink link) throws ModbusBoard.Refusal {
        if (settings.span() == 0) {
            var _ = released(link);
            return List.of(new Input.Tick());
        }
        int first = settings.firstInput();
        BitSet inputs = board.inputs(link, first, settings.span());
        List<Input> seen = new ArrayList<>();
        // Who leaves presses first and opens then, and both may be seen at once.
        if (settings.exit().filter(exit -> exit.in(inputs, first)).isPresent()) {
            seen.add(new Input.ExitRequested(clock.instant().plus(settings.exitGrant())));
        }
        settings.tamper().ifPresent(tamper -> seen.add(new Input.Tamper(tamper.in(inputs, first))));
        settings.contact().ifPresent(contact -> seen.add(new Input.Contact(contact.in(inputs, first))));
        seen.add(new Input.Tick());
        return seen;
    }

    private Optional<StatusReason> refused(ModbusBoard.Refusal e) {
        Optional<StatusReason> reason = Optional.of(StatusReason.DEVICE_ERROR);
        if (!line.status().why().equals(reason)) {
            LOG.warn("{}: {}; are its settings right for this board?", line.id(), e.getMessage());
        }
        return reason;
    }

    /** Called within a conversation only, so one at a time. What was seen at once is told at once. */
    private void become(List<Input> seen) {
        DoorState next = state;
        for (Input input : seen) {
            next = DoorState.next(next, input, clock.instant(), settings.held());
        }
        if (!next.equals(state)) {
            state = next;
            DoorState told = next;
            listeners.forEach(listener -> listener.accept(told));
        }
    }

    // ---- what others ask ---------------------------------------------------------------------------------

    /**
     * Releases the lock for a while; a second call while it is released can only extend the time. A board that refused to be switched
     * off or to watch itself when it was connected opens nothing.
     *
     * @param time 100 ms to 60 s; a timed output rounds it up to its unit
     * @throws DeviceException when the board is not there
     */
    public Unlocking open(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Expected 100 ms to 60 s, found " + time);
        }
        return line.talk(link -> {
            if (insecure.isPresent()) {
                return new Unlocking.Refused(insecure.getAsInt());
            }
            Instant until = clock.instant().plus(time);
            if (until.isBefore(releasedUntil)) {
                return new Unlocking.Released(releasedUntil);
            }
            Instant before = releasedUntil;
            // Also when the answer is lost: the board may have obeyed.
            releasedUntil = until;
            try {
                release(link, time);
            } catch (ModbusBoard.Refusal e) {
                releasedUntil = before;
                return new Unlocking.Refused(e.code());
            }
            line.count(Counter.RELEASES);
            become(List.of(new Input.Released(until)));
            return new Unlocking.Released(until);
        });
    }

    /** The board watches before it releases, and is asked again after, in case that it lost its power in between. */
    private void release(ByteLink link, Duration time) throws ModbusBoard.Refusal {
        watchOn(link);
        if (settings.flash().isPresent()) {
            Flash flash = settings.flash().get();
            board.writeCoil(link, flash.first() + settings.coil(), flash.units(time));
        } else {
            switchedOn = true;
            board.writeCoil(link, settings.coil(), ModbusBoard.ON);
        }
        watchOn(link);
    }

    /** How the door stands, as last seen; does not touch the wire. */
    public DoorState state() {
        return state;
    }

    /**
     * Tells {@code listener} each change of the door as soon as it is seen, on the driver's or a caller's thread: hand over and
     * return.
     */
    public void onState(Consumer<DoorState> listener) {
        listeners.add(listener);
    }

    /**
     * What the register that the setting {@code counter} names has counted, 0 to 65535, then from 0 again.
     *
     * @return empty when none is named or the board has no such register
     * @throws DeviceException when the board is not there
     */
    public OptionalInt counter() {
        if (settings.counter().isEmpty()) {
            return OptionalInt.empty();
        }
        DoorSettings.Counter counter = settings.counter().get();
        return line.talk(link -> {
            try {
                return OptionalInt.of(
                        counter.holding()
                                ? board.holdingRegister(link, counter.register())
                                : board.inputRegister(link, counter.register()));
            } catch (ModbusBoard.Refusal e) {
                refused(e);
                return OptionalInt.empty();
            }
        });
    }

    /** Asks the board and looks at the settings. Moves nothing; never throws for a board that is away. */
    public DoorInspection inspect() {
        DeviceStatus status = check();
        Optional<Boolean> released = Optional.empty();
        if (!(status instanceof DeviceStatus.Absent)) {
            try {
                released = line.talk(this::released);
            } catch (DeviceException e) {
                status = status();
            }
        }
        return new DoorInspection(status, released, settings.failMode(), settings.weaknesses());
    }

    @Override
    protected List<Trial> examine() {
        return List.of(
                new Trial("is locked", () -> {
                    Optional<Boolean> released = inspect().released();
                    return released.isEmpty()
                            ? Finding.skipped("this board does not tell")
                            : released.get() ? Finding.failed("the relay is on") : Finding.passed("the relay is off");
                }),
                new Trial(
                        "is set up",
                        () -> Finding.passed(
                                settings.weaknesses().isEmpty() ? "" : "weaknesses: " + settings.weaknesses())));
    }

    @Override
    protected List<Trial> exercise() {
        return List.of(new Trial("releases and locks", () -> switch (open(TRIAL)) {
            case Unlocking.Released _ -> Finding.passed("for " + TRIAL.toMillis() + " ms");
            case Unlocking.Refused(int exception) -> Finding.failed("refused with exception " + exception);
        }));
    }

    @Override
    protected DeviceLine line() {
        return line;
    }

    /** Stops the driver; a lock that is still released is switched off first if the board can be reached. */
    @Override
    public void close() {
        boolean reachable = true;
        for (int tries = CLOSING_TRIES; tries > 0 && reachable && stillReleased(); tries--) {
            try {
                line.talk(this::greet);
            } catch (DeviceException e) {
                LOG.warn("{}: not locked while closing: {}", line.id(), e.getMessage());
                // Connects again at once, and so locks.
                reachable = !(line.check() instanceof DeviceStatus.Absent);
            }
        }
        line.close();
    }

    private boolean stillReleased() {
        return switchedOn || clock.instant().isBefore(releasedUntil);
    }
}

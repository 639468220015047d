package fi.kimppa.kiosk.door;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.card.CardReader;
import fi.kimppa.device.card.Keypad;
import fi.kimppa.device.card.KeypadKey;
import fi.kimppa.device.door.DoorLock;
import fi.kimppa.device.door.DoorState;
import fi.kimppa.device.door.Unlocking;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door: its devices, its line to the gateway, and the loop that runs {@link DoorSession}.
 *
 * <p>Threads: one thread of its own runs the steps; everything else may call from anywhere. Listeners are called on
 * that thread and must hand over and return.
 */
public final class DoorTerminal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DoorTerminal.class);
    /** Events that may wait; a door that is a hundred key presses behind has a stuck key. */
    private static final int CAPACITY = 128;

    private static final Duration TICK = Duration.ofMillis(250);

    private final DoorSettings settings;
    private final InstantSource clock;
    private final Consumer<Incident> incidents;
    private final EntryClient gateway;
    private final BlockingQueue<DoorEvent> events = new LinkedBlockingQueue<>(CAPACITY);
    private final List<Consumer<DoorScene>> listeners = new CopyOnWriteArrayList<>();
    private final DoorLock lock;
    private final CardReader reader;
    private final Optional<Keypad> keypad;
    private final Thread loop;
    private volatile DoorScene scene = new DoorScene.OutOfOrder();

    /**
     * Opens the devices; the door is locked by that.
     *
     * @param settings what differs from door to door
     * @param clock the time
     * @param incidents is told when the door is forced or held open
     */
    public DoorTerminal(DoorSettings settings, InstantSource clock, Consumer<Incident> incidents) {
        this.settings = settings;
        this.clock = clock;
        this.incidents = incidents;
        this.gateway = new EntryClient(settings);
        this.loop = Thread.ofPlatform().name("door").unstarted(this::run);
        this.lock = DoorLock.connect(settings.lock());
        this.reader = CardReader.open(
                new DeviceId(DeviceKind.SCANNER, "door-reader"),
                settings.reader(),
                scan -> offer(new DoorEvent.CardRead(scan.text(), clock.instant())));
        this.keypad = settings.keypad().map(address -> Keypad.open(address, this::press));
    }

    /** Begins to serve. */
    public void start() {
        lock.onState(this::doorChanged);
        for (Device device : devices()) {
            device.onStatus(_ -> offerDevices());
        }
        offerDevices();
        loop.start();
    }

    /** What the person at the door sees now. */
    public DoorScene scene() {
        return scene;
    }

    /** Tells each new scene, on the terminal's thread. */
    public void addListener(Consumer<DoorScene> listener) {
        listeners.add(listener);
    }

    /** A key, from the keypad or from a window. */
    public void press(KeypadKey key) {
        offer(new DoorEvent.KeyPressed(key, clock.instant()));
    }

    /** The number to call when the door does not work. */
    public String helpNumber() {
        return settings.helpNumber();
    }

    /** Lock, reader and keypad, for the reports to staff. */
    public List<Device> devices() {
        List<Device> devices = new ArrayList<>(List.of(lock, reader));
        keypad.ifPresent(devices::add);
        return devices;
    }

    private void offerDevices() {
        boolean usable = devices().stream().allMatch(device -> device.status().usable());
        offer(new DoorEvent.Devices(usable, clock.instant()));
    }

    private void offer(DoorEvent event) {
        if (!events.offer(event)) {
            LOG.warn("The door is {} events behind; one is dropped", CAPACITY);
        }
    }

    private void doorChanged(DoorState state) {
        switch (state) {
            case DoorState.Forced _ -> incidents.accept(new Incident(Incident.Kind.DOOR_FORCED, settings.login()));
            case DoorState.HeldOpen _ -> incidents.accept(new Incident(Incident.Kind.DOOR_HELD_OPEN, settings.login()));
            case DoorState.Locked _, DoorState.Unlocked _, DoorState.Open _ -> LOG.debug("The door is {}", state);
        }
    }

    // ---- the loop ----------------------------------------------------------------------------------------

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                DoorEvent event = events.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                take(event == null ? new DoorEvent.Tick(clock.instant()) : event);
            }
        } catch (InterruptedException e) {
            // Closing.
            Thread.currentThread().interrupt();
        }
    }

    private void take(DoorEvent event) {
        DoorStep step = DoorSession.step(scene, event);
        boolean changed = !step.next().equals(scene);
        scene = step.next();
        step.effects().forEach(this::perform);
        if (changed) {
            listeners.forEach(listener -> listener.accept(step.next()));
        }
    }

    private void perform(DoorEffect effect) {
        switch (effect) {
            case DoorEffect.Ask(String card, Secret pin) -> Thread.ofVirtual().start(() -> ask(card, pin));
            case DoorEffect.Unlock(Duration time) -> Thread.ofVirtual().start(() -> unlock(time));
            case DoorEffect.Erase(Secret pin) -> pin.erase();
        }
    }

    private void ask(String card, Secret pin) {
        Optional<EntryAnswer> answer = Optional.empty();
        try {
            answer = gateway.ask(card, pin);
        } finally {
            pin.erase();
            Instant now = clock.instant();
            offer(answer.<DoorEvent>map(decision -> new DoorEvent.Decided(decision, now))
                    .orElseGet(() -> new DoorEvent.Undecided(now)));
        }
    }

    private void unlock(Duration time) {
        try {
            switch (lock.open(time)) {
                case Unlocking.Released(Instant _) -> {
                    Instant now = clock.instant();
                    offer(new DoorEvent.LockAnswered(true, now.plus(time), now));
                }
                case Unlocking.Refused(int code) -> {
                    LOG.warn("The relay board refused to open the door: Modbus exception {}", code);
                    offer(new DoorEvent.LockAnswered(false, clock.instant(), clock.instant()));
                }
            }
        } catch (DeviceException e) {
            LOG.warn("The door could not be opened: {}", e.getMessage());
            offer(new DoorEvent.LockAnswered(false, clock.instant(), clock.instant()));
        }
    }

    /** Stops serving; the lock catches as soon as its time is over. */
    @Override
    public void close() {
        loop.interrupt();
        devices().forEach(Device::close);
        try {
            gateway.close();
        } catch (IOException e) {
            LOG.debug("Closing the line to the gateway: {}", e.getMessage());
        }
    }
}

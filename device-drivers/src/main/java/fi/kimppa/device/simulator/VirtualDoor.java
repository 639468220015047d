package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.door.ModbusFraming;
import fi.kimppa.device.link.ByteLink;
import java.util.Map;

/**
 * The relay board of the virtual desk with a door on it: coil 0 is the lock, discrete input 0 the door contact (1 = open), 1 the
 * handle or button of those who leave, 2 the tamper contact. Timed outputs at coil 512 in tenths of a second; registers 0 to 7 count
 * how often each input was switched on; register 16 is a communication watchdog in tenths of a second.
 *
 * <p>Threads: any.
 */
public final class VirtualDoor implements AutoCloseable {
    private static final String DRIVER = "modbus";
    private static final int LOCK = 0;
    private static final int CONTACT = 0;
    private static final int EXIT = 1;
    private static final int TAMPER = 2;

    private final Runnable changed;
    private final Outlet outlet;
    private final DeskClock clock;
    private final RelayBoard board;

    VirtualDoor(int port, Runnable changed) {
        this(port, changed, DeskClock.running());
    }

    /** A door that lives by that clock and closes it when it is closed. */
    public VirtualDoor(int port, Runnable changed, DeskClock clock) {
        this.changed = changed;
        this.clock = clock;
        this.board = new RelayBoard(clock, changed);
        this.outlet = new Outlet(
                DRIVER,
                port,
                Map.of("flash", Integer.toString(RelayBoard.FLASH)),
                link -> new RelayHost(board, link).serve(),
                changed);
    }

    /** Where the driver finds it, for example {@code modbus:tcp:127.0.0.1:1502?flash=512}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /**
     * Serves one more host on a link of another kind, until it ends; blocks. The link's own address says in which framing, see
     * {@link ModbusFraming#of}.
     */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /**
     * A person pulls the door.
     *
     * @return whether it is open now, which it only becomes while the lock is released
     */
    public boolean pull() {
        if (released()) {
            board.input(CONTACT, true);
        }
        changed.run();
        return isOpen();
    }

    /** A person leaves: the handle inside opens the door, whatever the lock does, and says so to the board. */
    public void leave() {
        board.input(EXIT, true);
        board.input(CONTACT, true);
        changed.run();
    }

    /** Someone breaks the door open, lock or not. */
    public void force() {
        board.input(CONTACT, true);
        changed.run();
    }

    /** The door falls shut, and nobody holds its handle. */
    public void shut() {
        board.input(EXIT, false);
        board.input(CONTACT, false);
        changed.run();
    }

    /** Someone opens the board's box, or closes it. */
    public void tamper(boolean tampered) {
        board.input(TAMPER, tampered);
        changed.run();
    }

    /** The next answer goes wrong in this way; several wait for their turn. */
    public void trouble(RelayTrouble trouble) {
        board.trouble(trouble);
    }

    /** Forgets the troubles that have not come yet. */
    public void calm() {
        board.calm();
    }

    /** Whether the lock is released now. */
    public boolean released() {
        return board.coil(LOCK);
    }

    private boolean isOpen() {
        return board.input(CONTACT);
    }

    /** Pulls the plug of the network: hosts lose the connection and cannot connect. The board itself goes on. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same address. */
    public void replug() {
        outlet.replug();
    }

    /** Someone switches the relay on with the button at the board, or another host does. */
    public void releaseAtTheBoard() {
        board.switchOn(LOCK);
        changed.run();
    }

    /**
     * Takes the board's power and gives it back: relays fall off, registers are forgotten, and TCP connections end. A serial line
     * does not hang up, so a host on it need not notice.
     */
    public void cutPower() {
        board.restart();
        outlet.links().stream()
                .filter(link -> ModbusFraming.of(link.address()) == ModbusFraming.TCP)
                .forEach(ByteLink::close);
        changed.run();
    }

    /** Whether hosts can connect. */
    public boolean plugged() {
        return outlet.plugged();
    }

    DeskSnapshot.Door snapshot() {
        return new DeskSnapshot.Door(outlet.plugged(), outlet.hosts(), released(), isOpen());
    }

    @Override
    public void close() {
        outlet.close();
        clock.close();
    }
}

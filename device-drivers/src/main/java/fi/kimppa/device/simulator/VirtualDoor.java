package fi.kimppa.device.simulator;

import fi.kimppa.device.door.ModbusFraming;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The relay board of the virtual desk with a door on it: coil 0 is the lock, discrete input 0 the door contact (1 = open), 1 the
 * handle or button of those who leave, 2 the tamper contact. Timed outputs at coil 512 in tenths of a second; registers 0 to 7 count
 * how often each input was switched on; register 16 is a communication watchdog in tenths of a second.
 *
 * <p>Threads: any.
 */
public final class VirtualDoor extends VirtualDevice {
    private static final int LOCK = 0;
    private static final int CONTACT = 0;
    private static final int EXIT = 1;
    private static final int TAMPER = 2;
    /** A finger on a button. */
    private static final Duration PRESS = Duration.ofMillis(500);
    /** How long the button's own wires hold the lock open. */
    private static final Duration LET_OUT = Duration.ofSeconds(5);

    private final Runnable changed;
    private final RelayBoard board;
    private volatile Instant letOutUntil = Instant.MIN;

    /** A door that lives by that clock and closes it when it is closed. */
    public VirtualDoor(int port, Runnable changed, DeskClock clock) {
        super("modbus", port, Map.of("flash", Integer.toString(RelayBoard.FLASH)), clock, changed);
        this.changed = changed;
        this.board = new RelayBoard(clock, changed);
        outlet().replug();
    }

    /** The link's own address says in which framing, see {@link fi.kimppa.device.door.ModbusFraming#of}. */
    @Override
    void speak(ByteLink link) {
        new RelayHost(board, link).serve();
    }

    /**
     * A person pulls the door.
     *
     * @return whether it is open now, which it only becomes while the lock is released or somebody is let out
     */
    public boolean pull() {
        if (released() || letOut()) {
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

    /**
     * A person inside presses the exit button for half a second by the desk's clock. It lets out for five seconds by wires of its own,
     * and tells the board that it is pressed.
     */
    public void pressExit() {
        letOutUntil = clock().instant().plus(LET_OUT);
        board.input(EXIT, true);
        changed.run();
        // Only wakes those who look.
        clock().after(LET_OUT, changed);
        clock().after(PRESS, () -> {
            board.input(EXIT, false);
            changed.run();
        });
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

    private boolean letOut() {
        return board.input(EXIT) || clock().instant().isBefore(letOutUntil);
    }

    /** Someone switches the relay on with the button at the board, or another host does. */
    public void releaseAtTheBoard() {
        board.switchOn(LOCK);
        changed.run();
    }

    /**
     * Takes the board's power for a moment: its relays go off, it forgets what it was told and has counted, and TCP connections end.
     * A serial line does not hang up, so a host on it need not notice.
     */
    @Override
    public void cutPower() {
        board.cutPower();
        outlet().hangUp(link -> ModbusFraming.of(link.address()) == ModbusFraming.TCP);
    }

    DeskSnapshot.Door snapshot() {
        return new DeskSnapshot.Door(plugged(), outlet().hosts(), released(), isOpen(), letOut(), board.input(TAMPER));
    }
}

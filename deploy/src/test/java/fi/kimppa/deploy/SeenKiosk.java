package fi.kimppa.deploy;

import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.Kiosk;
import fi.kimppa.kiosk.KioskConfiguration;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.ReturnRow;
import java.time.Duration;
import java.util.List;

/**
 * A kiosk without a window at a virtual desk, and what somebody in front of it has seen last. Threads: one visitor's at a time; what is
 * seen comes from the kiosk's own.
 */
final class SeenKiosk implements AutoCloseable {
    /** A gateway that was killed takes up to half of it to be back. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final Kiosk kiosk;
    private volatile List<LoanRow> loans = List.of();
    private volatile List<ReturnRow> returns = List.of();

    SeenKiosk(House house, String branch) {
        kiosk = new Kiosk(KioskConfiguration.parse(
                "kiosk " + branch,
                house.terminals("evenings-" + branch)
                        .kiosk(
                                branch,
                                desk.pad().address(),
                                desk.printer().address(),
                                desk.scanner().address())));
        kiosk.addListener(this::seen);
        kiosk.start();
    }

    private void seen(KioskState state) {
        switch (state) {
            case KioskState.Borrowing pile -> loans = pile.rows();
            case KioskState.Returning pile -> returns = pile.rows();
            default -> {}
        }
    }

    VirtualDesk desk() {
        return desk;
    }

    KioskState state() {
        return kiosk.state();
    }

    /** The rows of the session that borrows, or of the last one that did. */
    List<LoanRow> loans() {
        return loans;
    }

    /** The rows of the return, or of the last one. */
    List<ReturnRow> returns() {
        return returns;
    }

    void touch(Choice choice) {
        kiosk.offer(new KioskEvent.Touched(choice));
    }

    /** Waits until the kiosk knows what it may lend while no gateway answers. */
    void awaitPermit() {
        House.await(
                "the kiosk has the gateway's permit",
                PATIENCE,
                () -> kiosk.state().around().machine().offLine().isPresent());
    }

    /** Waits until somebody may begin. */
    void awaitIdle() {
        House.await("the kiosk is idle", PATIENCE, () -> kiosk.state() instanceof KioskState.Idle);
        loans = List.of();
        returns = List.of();
    }

    /** Signs a patron in to borrow, as often as it takes while nobody answers. */
    void signIn(String card, String pin) {
        House.await("the patron is known", PATIENCE, () -> {
            switch (kiosk.state()) {
                case KioskState.Idle _, KioskState.Choosing _ -> touch(new Choice.Borrow());
                case KioskState.AskingCard _ -> desk.scanner().scan(card);
                case KioskState.AskingPin asking when asking.digits() == 0 -> type(pin);
                default -> {}
            }
            return kiosk.state() instanceof KioskState.Borrowing;
        });
    }

    private void type(String pin) {
        pin.chars().forEach(digit -> touch(new Choice.Digit(digit - '0')));
        House.await("the PIN is typed", PATIENCE, () -> digits() == pin.length());
        touch(new Choice.Ok());
        House.await("the PIN was taken", PATIENCE, () -> digits() != pin.length());
    }

    private int digits() {
        return kiosk.state() instanceof KioskState.AskingPin asking ? asking.digits() : -1;
    }

    /** Ends the session, with a receipt or without, and leaves the pad to the patron. */
    void leave(boolean receipt) {
        House.await("the session is over", PATIENCE, () -> {
            switch (kiosk.state()) {
                case KioskState.Borrowing _, KioskState.Returning _, KioskState.Choosing _ ->
                    touch(new Choice.Finish());
                case KioskState.OfferingReceipt _ ->
                    touch(receipt ? new Choice.PrintReceipt() : new Choice.NoReceipt());
                default -> {}
            }
            return kiosk.state() instanceof KioskState.Farewell || kiosk.state() instanceof KioskState.Idle;
        });
    }

    @Override
    public void close() {
        kiosk.close();
        desk.close();
    }
}

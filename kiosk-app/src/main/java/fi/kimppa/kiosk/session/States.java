package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Choosing;
import fi.kimppa.kiosk.session.KioskState.ElectronicCollections;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Identifying;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.KioskState.StaffMenu;
import fi.kimppa.kiosk.session.KioskState.StaffPin;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import fi.kimppa.sip2.wire.Secret;
import java.util.Optional;

/** What holds for each kind of state alike. */
final class States {
    private States() {}

    /** The same state in other surroundings. */
    static KioskState in(KioskState state, Surroundings around) {
        return switch (state) {
            case OutOfService s -> new OutOfService(around, s.cause(), s.forTheNextAt());
            case Idle s -> new Idle(around, s.forTheNextAt());
            case ElectronicCollections s -> new ElectronicCollections(around, s.patience());
            case Choosing s -> new Choosing(around, s.patience());
            case AskingCard s -> new AskingCard(around, s.goal(), s.notTaken(), s.patience());
            case TypingCard s -> new TypingCard(around, s.goal(), s.typed(), s.notTaken(), s.patience());
            case StaffPin s ->
                new StaffPin(around, s.card(), s.pin(), s.digits(), s.wrong(), s.checking(), s.patience());
            case StaffMenu s ->
                new StaffMenu(around, s.who(), s.page(), s.view(), s.running(), s.learnt(), s.idleSince());
            case AskingPin s ->
                new AskingPin(
                        around, s.goal(), s.card(), s.pin(), s.digits(), s.wrong(), s.unreachable(), s.patience());
            case Identifying s ->
                new Identifying(around, s.goal(), s.card(), s.pin(), s.wrong(), s.request(), s.since());
            case Blocked s ->
                new Blocked(around, s.reason(), s.owed(), s.limit(), s.libraryLines(), s.patron(), s.patience());
            case Borrowing s ->
                new Borrowing(
                        around,
                        s.patron(),
                        s.rows(),
                        s.pending(),
                        s.nextRow(),
                        s.leaving(),
                        s.began(),
                        s.askAgainAt(),
                        s.patience());
            case Account s ->
                new Account(
                        around,
                        s.patron(),
                        s.page(),
                        s.loans(),
                        s.holds(),
                        s.fees(),
                        s.unread(),
                        s.all(),
                        s.errand(),
                        s.visit(),
                        s.askAgainAt(),
                        s.leaving(),
                        s.patience());
            case Searching s -> new Searching(around, s.visitor(), s.search(), s.leaving(), s.patience());
            case Returning s ->
                new Returning(around, s.rows(), s.pending(), s.nextRow(), s.leaving(), s.visitor(), s.patience());
            case OfferingReceipt s -> new OfferingReceipt(around, s.receipt(), s.result(), s.mail(), s.until());
            case Farewell s -> new Farewell(around, s.result(), s.printing(), s.printed(), s.mail(), s.until());
        };
    }

    /** The PIN that a state holds, if it holds one. */
    static Optional<Secret> pin(KioskState state) {
        return switch (state) {
            case AskingPin s -> Optional.of(s.pin());
            case StaffPin s -> Optional.of(s.pin());
            case Identifying s -> Optional.of(s.pin());
            case Borrowing s -> Optional.of(s.patron().pin());
            case Account s -> Optional.of(s.patron().pin());
            case Searching s -> s.visitor().map(known -> known.patron().pin());
            case Blocked s -> s.patron().map(Patron::pin);
            case Returning s -> s.visitor().map(known -> known.patron().pin());
            case OutOfService _,
                    Idle _,
                    ElectronicCollections _,
                    Choosing _,
                    StaffMenu _,
                    AskingCard _,
                    TypingCard _,
                    OfferingReceipt _,
                    Farewell _ -> Optional.empty();
        };
    }
}

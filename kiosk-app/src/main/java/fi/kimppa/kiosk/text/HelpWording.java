package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.FaultCode;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.Surroundings;
import java.util.Optional;
import java.util.Set;

/** What helps whoever is stuck: a word on what they are doing, who is there, and how it can be heard. Pure. */
public final class HelpWording {
    private HelpWording() {}

    /** What to do here, as things are now; what goes on beneath help may change it. */
    public static String here(Texts texts, KioskState state) {
        return texts.say(
                switch (state) {
                    case KioskState.Idle idle -> front(idle.around());
                    case KioskState.Choosing _ -> "help.pad";
                    case KioskState.AskingCard asking -> card(asking.around());
                    case KioskState.TypingCard _ -> "help.number";
                    case KioskState.AskingPin _ -> "help.pin";
                    case KioskState.Identifying _ -> "help.wait";
                    case Blocked blocked -> blocked(blocked.reason());
                    case Borrowing pile -> borrowing(pile);
                    case Returning pile -> returning(pile);
                    case Account account -> account(account);
                    case Searching searching -> search(searching);
                    case KioskState.ElectronicCollections _ -> "help.collections";
                    case KioskState.OfferingReceipt offer -> offer.answers().isEmpty() ? "help.wait" : "help.receipt";
                    case KioskState.Farewell bye -> bye.printing() ? "help.wait" : "help.end";
                    case KioskState.StaffPin _ -> "help.staff.pin";
                    case KioskState.StaffMenu _ -> "help.begin";
                    case KioskState.OutOfService _ -> "help.other";
                });
    }

    private static String front(Surroundings around) {
        Set<Banner> banners = around.banners();
        boolean returns = around.settings().offers(Offering.RETURN);
        if (around.settings().returnOnly()) {
            return laidBack(around);
        }
        if (banners.contains(Banner.OFFLINE_LENDS)) {
            return "err.offline.lends";
        }
        if (banners.contains(Banner.OFFLINE)) {
            return returns ? "err.offline" : "err.library.later";
        }
        return returns ? "help.idle" : "help.begin";
    }

    private static String card(Surroundings around) {
        if (!around.scannerLost()) {
            return "help.card";
        }
        return around.cardMayBeTyped() ? "help.number" : "help.other";
    }

    private static String blocked(Blocked.Reason reason) {
        return switch (reason) {
            case OFFLINE, NO_PAD, LIBRARY_SILENT -> "err.library.later";
            case CARD_EXPIRED, CARD_LOST, FEES, OVERDUE, LIMIT, BAN, WRONG_PIN -> "help.blocked";
        };
    }

    private static String borrowing(Borrowing pile) {
        if (pile.rows().stream().anyMatch(row -> pile.told(row).state().pinned())) {
            return "help.rows";
        }
        if (pile.leaving()) {
            return "help.wait";
        }
        if (!pile.around().lends()) {
            return "err.library.later";
        }
        return pile.around().padLost() ? "help.borrow.scan" : "help.borrow";
    }

    private static String returning(Returning pile) {
        boolean asked = pile.rows().stream()
                .anyMatch(row -> row.state() instanceof ReturnState.ToBin
                        || row.state() instanceof ReturnState.PutBack
                        || row.state() instanceof ReturnState.Incomplete);
        if (asked) {
            return "help.rows";
        }
        return pile.leaving() ? "help.wait" : laidBack(pile.around());
    }

    private static String laidBack(Surroundings around) {
        return around.padLost() ? "help.return.scan" : "help.return";
    }

    private static String account(Account account) {
        if (account.leaving()) {
            return "help.wait";
        }
        return switch (account.page()) {
            case LOANS -> "help.loans";
            case HOLDS -> "help.holds";
            case FEES -> "help.fees";
        };
    }

    private static String search(Searching searching) {
        return switch (searching.search().view()) {
            case Search.View.Typing _ -> "help.find";
            case Search.View.Listing _ -> "help.list";
            case Search.View.OneTitle _ -> searching.mayHold() ? "help.title" : "help.title.only";
            case Search.View.Choosing _ -> "help.pickup";
            case Search.View.Holding holding -> hold(searching, holding.wish());
        };
    }

    private static String hold(Searching searching, Search.Wish wish) {
        return switch (wish) {
            case Search.Wish.Chosen _, Search.Wish.Placing _, Search.Wish.Checking _ -> "help.wait";
            case Search.Wish.Placed _, Search.Wish.NotPlaced _, Search.Wish.Costs _, Search.Wish.Doubtful _ ->
                searching.hasAccount() ? "help.held" : "help.other";
        };
    }

    /** Whom to call, where somebody answers. */
    public static Optional<String> who(Texts texts, KioskState state) {
        return Optional.of(state.around().settings().telephone())
                .filter(number -> !number.isBlank())
                .map(number -> texts.say("help.phone", "phone", number));
    }

    /** What is amiss, as staff call it. */
    public static Optional<String> code(Texts texts, KioskState state) {
        return FaultCode.of(state).map(code -> texts.say("help.code", "code", code));
    }

    /** How the texts can be heard, where the kiosk has a voice. */
    public static Optional<String> voice(Texts texts, KioskState state) {
        return state.around().settings().voice() ? Optional.of(texts.say("a11y.speech")) : Optional.empty();
    }
}

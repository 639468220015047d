package fi.kimppa.kiosk.text;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.NotTaken;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.kiosk.session.Surroundings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Puts what happened to an item or a card into words: one word for the state, then what it means and what to do. The
 * screen and the receipt of one session say the same, because both ask here. Pure; any thread.
 */
public final class Wording {
    private Wording() {}

    /**
     * What stands in one row.
     *
     * @param word the state in a word or two
     * @param lines due date or reason, then the next step; may be empty
     */
    public record Said(String word, List<String> lines) {
        /** Takes a copy. */
        public Said {
            lines = List.copyOf(lines);
        }

        private static Said of(String word, String... lines) {
            return new Said(word, List.of(lines));
        }

        /** The same with more lines. */
        public Said and(List<String> more) {
            return new Said(word, Stream.concat(lines.stream(), more.stream()).toList());
        }
    }

    /** How a card is shown, or what to do while it cannot be. */
    public static String card(Texts texts, Surroundings around) {
        boolean touch = around.usable(DeviceKind.CARD);
        if (!around.scannerLost()) {
            return texts.say(touch ? "auth.card.how.touch" : "auth.card.how");
        }
        if (touch) {
            return texts.say("auth.card.touch");
        }
        return texts.say(around.cardMayBeTyped() ? "err.scanner" : "err.scanner.ask");
    }

    /** What is wrong with what was shown or typed in place of a library card. */
    public static String notTaken(Texts texts, NotTaken what) {
        return texts.say(
                switch (what.reason()) {
                    case NUMBER -> "auth.number.unknown";
                    case NO_CARD -> "auth.card.unknown";
                    case LIFTED -> "auth.card.lifted";
                });
    }

    /** What was wrong with the last PIN, and who helps whoever has forgotten it; empty before the first try. */
    public static List<String> complaint(Texts texts, AskingPin state) {
        if (state.unreachable()) {
            return List.of(texts.say("auth.unreachable"));
        }
        return state.wrong() > 0 ? List.of(texts.say("auth.fail"), forgotten(texts, state.around())) : List.of();
    }

    private static String forgotten(Texts texts, Surroundings around) {
        String phone = around.settings().telephone();
        return phone.isBlank() ? texts.say("auth.forgotten.ask") : texts.say("auth.forgotten", "phone", phone);
    }

    /** The same with a word that it takes longer than usual, where it does. */
    public static Said slowly(Texts texts, Said said, boolean slow) {
        return slow ? said.and(List.of(texts.say("common.wait.long"))) : said;
    }

    /** What can be asked for, in a word or two. */
    public static String preference(Texts texts, Preference what) {
        return texts.say(
                switch (what) {
                    case HIGH_CONTRAST -> "a11y.contrast";
                    case LARGE_TEXT -> "a11y.bigtext";
                    case CALM -> "a11y.calm";
                    case REACH -> "a11y.reach";
                    case MORE_TIME -> "a11y.moretime.brief";
                });
    }

    /** The same, with whether it was asked for. */
    public static String preference(Texts texts, Preference what, boolean on) {
        return texts.say(on ? "a11y.on" : "a11y.off", "what", preference(texts, what));
    }

    /**
     * How an item of a borrowing session stands.
     *
     * @param today no loan of today is due then
     */
    public static Said loan(Texts texts, LoanState state, LocalDate today) {
        return switch (state) {
            case LoanState.Queued() -> Said.of(texts.say("out.queued"));
            case LoanState.Lending() -> Said.of(texts.say("out.working"), texts.say("out.still"));
            case LoanState.Securing(var due) -> lent(texts, due, today, texts.say("out.still"));
            case LoanState.Done(var due) -> lent(texts, due, today);
            case LoanState.PutBack(var due) -> lent(texts, due, today, texts.say("out.putback"));
            case LoanState.SeeStaff(var due) -> lent(texts, due, today, texts.say("out.gate.staff"));
            case LoanState.RenewOffer(var due) -> own(texts, due);
            case LoanState.Renewing _ -> Said.of(texts.say("out.renewing"));
            case LoanState.Renewed(var due) -> new Said(texts.say("out.renewed"), fresh(texts, due, today));
            case LoanState.NotRenewed(var libraryLines, var fee) ->
                Said.of(texts.say("out.notrenewed"), texts.say("out.stillyours"))
                        .and(fee.map(sum -> List.of(texts.say("acc.norenew.costs", "sum", texts.money(sum.amount()))))
                                .orElse(libraryLines));
            case LoanState.Kept(var due) -> own(texts, due);
            case LoanState.Incomplete(int found, int total) ->
                Said.of(texts.say("out.refused"), texts.say("out.parts", "k", found, "n", total));
            case LoanState.Checking _ -> Said.of(texts.say("out.checking"), texts.say("out.checking.what"));
            case LoanState.Offline() -> Said.of(texts.say("out.refused"), texts.say("out.offline"));
            case LoanState.PadAway() -> Said.of(texts.say("out.refused"), texts.say("out.nopad"));
            case LoanState.Refused refused ->
                Said.of(texts.say("out.refused"), reason(texts, refused))
                        .and(next(texts, refused.reason()).stream().toList())
                        .and(libraryWords(refused));
        };
    }

    /** The library's own lines, where our sentence does not say the same already. */
    private static List<String> libraryWords(LoanState.Refused refused) {
        return refused.reason() == LoanState.Reason.NOT_LENT ? refused.libraryLines() : List.of();
    }

    private static Said lent(Texts texts, Optional<DueDate> due, LocalDate today, String... next) {
        return new Said(
                texts.say("out.done"),
                Stream.concat(fresh(texts, due, today).stream(), Stream.of(next))
                        .toList());
    }

    /** The date of a loan that was made or renewed just now, and that it wants checking where it does. */
    private static List<String> fresh(Texts texts, Optional<DueDate> due, LocalDate today) {
        return Stream.concat(due(texts, due).stream(), check(texts, due, today).stream())
                .toList();
    }

    /** Asks for a look at a new due date that cannot be right, or is missing, as the receipt does; empty where it is good. */
    public static Optional<String> check(Texts texts, Optional<DueDate> due, LocalDate today) {
        boolean good = due.map(date -> !date.suspicious(today)).orElse(false);
        return good ? Optional.empty() : Optional.of(texts.say("out.due.check"));
    }

    private static Said own(Texts texts, Optional<DueDate> due) {
        return new Said(texts.say("out.own"), due(texts, due).stream().toList());
    }

    private static Optional<String> due(Texts texts, Optional<DueDate> due) {
        return due.map(when -> texts.onDay("out.due", when));
    }

    /** Why an item was not lent, in one sentence. */
    public static String reason(Texts texts, LoanState.Refused refused) {
        return switch (refused.reason()) {
            case HOLD_OTHER -> texts.say("out.hold.other");
            case ON_LOAN_OTHER -> texts.say("out.loan.other");
            case AGE ->
                refused.ageLimit()
                        .map(age -> texts.say("out.age", "age", age))
                        .orElseGet(() -> texts.say("out.age.any"));
            case REFERENCE -> texts.say("out.reference");
            case LIMIT -> texts.say("out.limit");
            case UNKNOWN_ITEM -> texts.say("out.unknown");
            case FOREIGN -> texts.say("out.foreign");
            case UNREADABLE -> texts.say("out.unread");
            case COSTS ->
                refused.fee()
                        .map(fee -> texts.say("out.costs.would", "sum", texts.money(fee.amount())))
                        .orElseGet(() -> texts.say("out.notlent"));
            case STAFF, NOT_LENT -> texts.say("out.notlent");
            case FAILED -> texts.say("out.failed");
        };
    }

    /** What to do then; empty where a button says it. */
    private static Optional<String> next(Texts texts, LoanState.Reason reason) {
        return switch (reason) {
            case HOLD_OTHER -> Optional.of(texts.say("out.holdplace"));
            case ON_LOAN_OTHER -> Optional.of(texts.say("out.returnit"));
            case REFERENCE -> Optional.of(texts.say("out.back"));
            case LIMIT -> Optional.of(texts.say("out.returnfirst"));
            case UNREADABLE -> Optional.of(texts.say("out.gate.staff"));
            case FAILED -> Optional.of(texts.say("out.tryagain"));
            case COSTS -> Optional.empty();
            case AGE, UNKNOWN_ITEM, FOREIGN, STAFF, NOT_LENT -> Optional.of(texts.say("out.leave"));
        };
    }

    /**
     * How an item of a return stands.
     *
     * @param called what a sentence calls a bin, by its number
     */
    public static Said back(Texts texts, ReturnState state, UnaryOperator<String> called) {
        return switch (state) {
            case ReturnState.Queued() -> Said.of(texts.say("out.queued"));
            case ReturnState.CheckingIn() -> Said.of(texts.say("in.working"), texts.say("out.still"));
            case ReturnState.Securing(var to) -> Said.of(word(texts, to.kind()), texts.say("out.still"));
            case ReturnState.Returned(var to)
            when to.kind() == Kind.LATER ->
                Said.of(texts.say("in.done"), bin(texts, to, called), texts.say("in.later"));
            case ReturnState.Returned(var to) -> Said.of(word(texts, to.kind()), bin(texts, to, called));
            case ReturnState.ToBin(var to, boolean asked) ->
                Said.of(
                        word(texts, to.kind()),
                        bin(texts, to, called),
                        texts.say(asked ? "in.hold.asked" : "in.hold.confirm"));
            case ReturnState.PutBack _ -> Said.of(texts.say("in.done"), texts.say("out.putback"));
            case ReturnState.Incomplete(int found, int total) ->
                Said.of(texts.say("in.notyet"), texts.say("in.parts", "k", found, "n", total));
            case ReturnState.Refused(var reason, var bin, var libraryLines) ->
                Said.of(
                                texts.say("in.notyet"),
                                reason(texts, reason),
                                texts.say("in.refused.next", "n", called.apply(bin)))
                        .and(libraryLines);
        };
    }

    /** What somebody says who has put a thing into its bin; nothing where nobody is asked. */
    public static String placed(Texts texts, ReturnState state, UnaryOperator<String> called) {
        if (!(state instanceof ReturnState.ToBin(var to, boolean _))) {
            return "";
        }
        return to.bin().isEmpty()
                ? texts.say("in.hold.left")
                : texts.say("in.hold.placed", "n", called.apply(to.bin()));
    }

    /** How the branch is open, in the bottom line of the front page. */
    public static Optional<String> opening(Texts texts, Surroundings around) {
        return around.machine().opening(around.now()).map(opening -> {
            Optional<String> until = opening.until()
                    .filter(then -> then.isBefore(around.now().plus(Duration.ofHours(16))))
                    .map(texts::time);
            return switch (opening.mode()) {
                case STAFFED ->
                    until.map(time -> texts.say("open.staff.until", "time", time))
                            .orElseGet(() -> texts.say("open.staff"));
                case SELF_SERVICE ->
                    until.map(time -> texts.say("open.self.until", "time", time))
                            .orElseGet(() -> texts.say("open.self"));
                case CLOSED -> texts.say("open.closed");
            };
        });
    }

    /** To whom the kiosk speaks, where the branch wants that somebody is greeted. */
    public static Optional<String> greeting(Texts texts, KioskState state) {
        return state.initial().map(letter -> texts.say("home.greeting", "initial", letter));
    }

    /** What the library says to everybody, on the front page. */
    public static Optional<String> notice(Texts texts, Surroundings around) {
        return around.machine().notice(around.now()).map(notice -> notice.in(texts.language()));
    }

    private static String word(Texts texts, Kind kind) {
        return switch (kind) {
            case STAYS, NOT_ON_LOAN, LATER -> texts.say("in.done");
            case TRANSFER -> texts.say("in.transfer.word");
            case HOLD_HERE, HOLD_ELSEWHERE -> texts.say("in.hold.word");
            case STAFF -> texts.say("in.staff.word");
        };
    }

    private static String bin(Texts texts, Destination to, UnaryOperator<String> called) {
        if (to.bin().isEmpty()) {
            return texts.say("in.full");
        }
        String bin = called.apply(to.bin());
        return switch (to.kind()) {
            case TRANSFER -> texts.say("in.transfer", "library", to.library(), "n", bin);
            case HOLD_ELSEWHERE -> texts.say("in.hold.away", "library", to.library(), "n", bin);
            case NOT_ON_LOAN -> texts.say("in.notloan", "n", bin);
            case STAYS, LATER, HOLD_HERE, STAFF -> texts.say("in.bin", "n", bin);
        };
    }

    private static String reason(Texts texts, ReturnState.Reason reason) {
        return switch (reason) {
            case REFUSED, STAFF -> texts.say("in.refused");
            case UNREADABLE -> texts.say("out.unread");
            case FOREIGN -> texts.say("out.foreign");
            case FAILED -> texts.say("in.failed");
        };
    }

    /**
     * What cannot be done, in a headline.
     *
     * @param brief whether there is room for the shortest form only
     */
    public static String stopped(Texts texts, Blocked blocked, boolean brief) {
        // Where the library says nothing, this goes for the account too.
        if (blocked.reason() == Blocked.Reason.LIBRARY_SILENT) {
            return texts.say("err.library.title");
        }
        return texts.say(brief ? "block.title.brief" : "block.title");
    }

    /** Why a patron may not borrow, and what to do. */
    public static List<String> blocked(Texts texts, Blocked blocked) {
        return switch (blocked.reason()) {
            case CARD_EXPIRED -> List.of(texts.say("auth.expired"), texts.say("block.contact"));
            case CARD_LOST -> List.of(texts.say("auth.lost"), texts.say("block.contact"));
            case FEES ->
                List.of(
                        blocked.owed()
                                .flatMap(owed -> blocked.limit().map(limit -> fees(texts, owed, limit)))
                                .orElseGet(() -> texts.say("block.fees.some")),
                        texts.say("block.contact"));
            case OVERDUE -> List.of(texts.say("block.overdue"));
            case LIMIT -> List.of(texts.say("out.limit"), texts.say("out.returnfirst"));
            case BAN -> List.of(texts.say("block.ban"), texts.say("block.contact"));
            case OFFLINE -> List.of(texts.say("err.offline"));
            case NO_PAD -> List.of(texts.say("err.pad.returns"));
            case LIBRARY_SILENT ->
                List.of(
                        texts.say("err.library"),
                        texts.say(
                                blocked.around().settings().offers(Offering.RETURN)
                                        ? "err.library.returns"
                                        : "err.library.later"));
            case WRONG_PIN -> List.of(texts.say("auth.fail"), texts.say("block.contact"));
        };
    }

    private static String fees(Texts texts, Money owed, Money limit) {
        return texts.say("block.fees", "sum", texts.money(owed.amount()), "limit", texts.money(limit.amount()));
    }

    /** What a door says to somebody who is not let in. Nothing in it tells the street about the person. */
    public static String door(Texts texts, DoorScene.Refused refused, String phone) {
        return switch (refused.reason()) {
            case CARD_OR_PIN -> texts.say("door.bad");
            case CLOSED ->
                texts.say(
                        "door.closed",
                        "from",
                        refused.parameters().getOrDefault("from", ""),
                        "to",
                        refused.parameters().getOrDefault("to", ""));
            case NO_RIGHT -> texts.say("door.noright");
            case AGREEMENT -> texts.say("door.agreement");
            case AGE -> texts.say("door.age");
            case CARD_EXPIRED -> texts.say("door.expired");
            case FULL -> texts.say("door.full");
            case FAULT -> texts.say("door.fault", "phone", phone);
        };
    }
}

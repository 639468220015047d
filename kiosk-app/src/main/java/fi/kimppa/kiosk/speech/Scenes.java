package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Patron;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Question;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.text.Elsewhere;
import fi.kimppa.kiosk.text.FeedWording;
import fi.kimppa.kiosk.text.HelpWording;
import fi.kimppa.kiosk.text.QuestionWording;
import fi.kimppa.kiosk.text.Summary;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;

/** A screen as a whole, for somebody who has just come to it or asks to hear it again, and what the keys do there. Pure. */
final class Scenes {
    private Scenes() {}

    /** All that the screen says, then the keys. */
    static void whole(Telling telling, Spoken spoken, KioskState state) {
        if (state.around().preferences().help()) {
            Texts texts = spoken.texts();
            telling.say(spoken.say("common.help")).say(HelpWording.here(texts, state));
            HelpWording.who(texts, state).ifPresent(telling::say);
            HelpWording.code(texts, state).ifPresent(telling::say);
            keys(telling, spoken, state);
            return;
        }
        if (state.around().preferences().open()) {
            telling.say(spoken.say("a11y.button")).say(spoken.say("a11y.how"));
            keys(telling, spoken, state);
            return;
        }
        if (state.question().isPresent()) {
            Question question = state.question().get();
            QuestionWording.title(question).ifPresent(title -> telling.whisper(Spoken.title(title)));
            telling.say(QuestionWording.asked(spoken.texts(), question, spoken::money))
                    .say(QuestionWording.about(spoken.texts(), question));
            keys(telling, spoken, state);
            return;
        }
        Wording.greeting(spoken.texts(), state).ifPresent(telling::whisper);
        switch (state) {
            case OutOfService s -> outOfService(telling, spoken, s);
            case KioskState.Idle s -> {
                telling.say(spoken.say("home.title"));
                Wording.opening(spoken.texts(), s.around()).ifPresent(telling::say);
                Wording.notice(spoken.texts(), s.around()).ifPresent(telling::say);
            }
            case KioskState.ElectronicCollections s -> {
                Elsewhere.of(spoken.texts(), s.around()).ifPresent(place -> telling.say(place.name()));
                telling.say(spoken.say("coll.how"));
                row(telling, spoken, s);
            }
            case KioskState.Choosing _ -> telling.say(spoken.say("home.prompt.pad"));
            case KioskState.AskingCard s -> {
                s.notTaken().ifPresent(what -> telling.say(Wording.notTaken(spoken.texts(), what)));
                telling.say(spoken.say("auth.card")).say(Wording.card(spoken.texts(), s.around()));
            }
            case KioskState.TypingCard s -> number(telling, spoken, s);
            case AskingPin s -> pin(telling, spoken, s);
            case KioskState.Identifying s ->
                telling.say(spoken.say("auth.checking")).say(spoken.say(s.slow() ? "common.wait.long" : "common.wait"));
            case Blocked s -> blocked(telling, spoken, s);
            case Account s -> {
                SpokenAccount.head(telling, spoken, s);
                row(telling, spoken, s);
            }
            case KioskState.Searching s -> {
                SpokenSearch.head(telling, spoken, s);
                row(telling, spoken, s);
            }
            case Borrowing s -> borrowing(telling, spoken, s);
            case Returning s -> returning(telling, spoken, s);
            case OfferingReceipt s -> receipt(telling, spoken, s);
            case Farewell s -> farewell(telling, spoken, s);
            // Staff see the screen.
            case KioskState.StaffPin _, KioskState.StaffMenu _ -> {}
        }
        banners(telling, spoken, state, List.of());
        keys(telling, spoken, state);
        if (state instanceof KioskState.Idle) {
            telling.say(spoken.say("speech.help")).say(spoken.say("speech.volume"));
            // That of the day: time alone changes nothing in what is said.
            state.around()
                    .feed()
                    .ofTheDay(state.around().today())
                    .ifPresent(news ->
                            telling.say(FeedWording.of(spoken.texts(), news).lines()));
        }
    }

    private static void outOfService(Telling telling, Spoken spoken, OutOfService state) {
        if (state.cause() == OutOfService.Cause.STARTING) {
            telling.say(spoken.say("common.wait")).say(spoken.say("err.starting"));
            return;
        }
        telling.say(spoken.say("err.out"));
        String phone = state.around().settings().telephone();
        if (!phone.isBlank()) {
            telling.say(spoken.say("err.out.call", "phone", phone));
        }
    }

    private static void pin(Telling telling, Spoken spoken, AskingPin state) {
        if (!Keypad.typing(state)) {
            return;
        }
        telling.say(Wording.complaint(spoken.texts(), state));
        type(telling.say(spoken.say("auth.pin")), spoken, state.digits());
    }

    private static void number(Telling telling, Spoken spoken, KioskState.TypingCard state) {
        if (!Keypad.typing(state)) {
            return;
        }
        state.notTaken().ifPresent(what -> telling.say(Wording.notTaken(spoken.texts(), what)));
        type(telling.say(spoken.say("auth.number")), spoken, state.digits());
    }

    private static void type(Telling telling, Spoken spoken, int digits) {
        telling.say(spoken.say("speech.pin.how")).say(spoken.say("speech.pin.more"));
        if (digits > 0) {
            telling.whisper(spoken.texts().count("auth.pin.typed", digits));
        }
    }

    private static void blocked(Telling telling, Spoken spoken, Blocked state) {
        telling.say(Wording.stopped(spoken.texts(), state, false));
        if (state.reason() == Blocked.Reason.FEES) {
            telling.say(spoken.say("block.fees.some"));
            state.owed()
                    .ifPresent(owed -> state.limit().ifPresent(limit -> telling.whisper(fees(spoken, owed, limit))));
            telling.say(spoken.say("block.contact"));
        } else {
            telling.say(Wording.blocked(spoken.texts(), state));
        }
        if (state.reason() == Blocked.Reason.BAN) {
            state.libraryLines().forEach(telling::whisper);
        }
    }

    private static String fees(Spoken spoken, Money owed, Money limit) {
        return spoken.say("block.fees", "sum", spoken.money(owed), "limit", spoken.money(limit));
    }

    /** What the library wants to tell the patron. */
    static void notices(Telling telling, Spoken spoken, Patron patron) {
        List<String> lines = patron.standing().notices();
        if (!lines.isEmpty()) {
            telling.say(spoken.say("auth.notice"));
            lines.forEach(telling::whisper);
        }
    }

    private static void borrowing(Telling telling, Spoken spoken, Borrowing state) {
        notices(telling, spoken, state.patron());
        if (state.rows().isEmpty()) {
            if (!state.around().padLost()) {
                telling.say(spoken.say("out.place")).say(spoken.say("out.spread"));
            } else if (!state.around().lends()) {
                telling.say(spoken.say("block.title"));
            }
            return;
        }
        counts(telling, spoken, state);
        row(telling, spoken, state);
    }

    /** How many are lent, how many are not, and whether to wait. */
    static void counts(Telling telling, Spoken spoken, Borrowing state) {
        telling.say(spoken.texts().count("out.count", Math.toIntExact(state.done())));
        if (state.inWork() > 0 || state.leaving()) {
            telling.say(spoken.say("common.wait"));
        } else if (state.notDone() > 0) {
            telling.say(spoken.texts().count("out.not", Math.toIntExact(state.notDone())));
        }
    }

    private static void returning(Telling telling, Spoken spoken, Returning state) {
        if (state.rows().isEmpty()) {
            telling.say(spoken.say("in.place")).say(spoken.say("out.spread"));
            return;
        }
        telling.say(spoken.texts().count("in.count", Math.toIntExact(state.done())));
        row(telling, spoken, state);
    }

    private static void receipt(Telling telling, Spoken spoken, OfferingReceipt state) {
        if (Keypad.page(state).row().isPresent()) {
            row(telling, spoken, state);
            return;
        }
        Summary.mail(spoken.texts(), state.mail()).ifPresent(telling::say);
        if (state.answers().isEmpty()) {
            telling.say(spoken.say("common.wait"));
            return;
        }
        telling.say(Summary.of(spoken.texts(), state.result())).say(spoken.say("rc.ask"));
        if (Keypad.pages(state).stream().anyMatch(page -> page.row().isPresent())) {
            telling.say(spoken.say("speech.receipt", "n", Keypad.NEXT));
        }
    }

    private static void farewell(Telling telling, Spoken spoken, Farewell state) {
        telling.say(spoken.say("common.thanks")).say(Summary.of(spoken.texts(), state.result()));
        if (state.takeItems()) {
            telling.say(spoken.say("end.takeitems"));
        }
        Summary.receipt(spoken.texts(), state).ifPresent(telling::say);
        telling.say(spoken.say("speech.goon"));
    }

    /** The row, or the line of the receipt, that is in hand: which of how many, and what it says. */
    static void row(Telling telling, Spoken spoken, KioskState state) {
        Optional<Integer> number = Keypad.page(state).row();
        List<Integer> all = Keypad.pages(state).stream()
                .flatMap(page -> page.row().stream())
                .toList();
        if (number.isEmpty()) {
            return;
        }
        if (all.size() > 1) {
            telling.say(spoken.say("speech.row", "k", all.indexOf(number.get()) + 1, "n", all.size()));
        }
        switch (state) {
            case Borrowing s ->
                s.rows().stream()
                        .filter(row -> row.number() == number.get())
                        .forEach(row -> SpokenRows.loan(telling, spoken, s.told(row)));
            case Returning s ->
                s.rows().stream()
                        .filter(row -> row.number() == number.get())
                        .forEach(row -> SpokenRows.back(telling, spoken, row));
            case Account s -> SpokenAccount.row(telling, spoken, s, number.get());
            case KioskState.Searching s -> SpokenSearch.row(telling, spoken, s, number.get());
            case KioskState.ElectronicCollections s -> collection(telling, spoken, s, number.get());
            case OfferingReceipt s -> SpokenRows.line(telling, spoken, s.receipt(), number.get());
            default -> {}
        }
    }

    /** By its name; the address in the short form that a person types, in place of the code. */
    private static void collection(Telling telling, Spoken spoken, KioskState.ElectronicCollections state, int number) {
        Feed.EResource resource = state.around().feed().resources().get(number - 1);
        telling.say(resource.name().in(spoken.texts().language()))
                .say(spoken.say("speech.address", "address", resource.shortAddress()));
    }

    /** What does not work just now and was not said yet; the paper only where a receipt is near. */
    static void banners(Telling telling, Spoken spoken, KioskState state, List<Banner> known) {
        for (Banner banner : told(state)) {
            if (!known.contains(banner)) {
                telling.say(spoken.say(
                        switch (banner) {
                            case OFFLINE -> "err.offline";
                            case OFFLINE_LENDS -> "err.offline.lends";
                            case PAD_LOST -> "err.pad";
                            case PAD_LOST_RETURNS -> "err.pad.returns";
                            case PAPER_OUT -> "rc.nopaper";
                            case NO_RECEIPTS -> "rc.unavailable";
                            case TICKET_LEFT -> "rc.left";
                        }));
            }
        }
    }

    /** What does not work just now and matters to what the person is doing. */
    static List<Banner> told(KioskState state) {
        return state.around().banners().stream()
                .filter(banner -> switch (state) {
                    case OutOfService _,
                            Blocked _,
                            KioskState.Identifying _,
                            AskingPin _,
                            KioskState.StaffPin _,
                            KioskState.StaffMenu _ -> false;
                    case OfferingReceipt _, Farewell _ ->
                        banner == Banner.PAPER_OUT || banner == Banner.NO_RECEIPTS || banner == Banner.TICKET_LEFT;
                    case Account _, KioskState.Searching _ ->
                        banner == Banner.OFFLINE || banner == Banner.OFFLINE_LENDS;
                    case Borrowing _ -> true;
                    case KioskState.Idle _,
                            KioskState.ElectronicCollections _,
                            KioskState.Choosing _,
                            KioskState.AskingCard _,
                            KioskState.TypingCard _,
                            Returning _ -> banner != Banner.PAPER_OUT && banner != Banner.NO_RECEIPTS;
                })
                .toList();
    }

    /** Which key does what. */
    static void keys(Telling telling, Spoken spoken, KioskState state) {
        List<Choice> choices = Keypad.page(state).choices();
        for (int i = 0; i < choices.size(); i++) {
            press(telling, spoken, label(spoken, state, choices.get(i)), i + 1);
            if (choices.get(i) instanceof Choice.Prefer(Preference _, boolean on) && !on) {
                telling.say(spoken.say("speech.on"));
            }
        }
        if (Keypad.pages(state).size() > 1 && !Keypad.typing(state) && !Keypad.spelling(state)) {
            press(telling, spoken, spoken.say("speech.next"), Keypad.NEXT);
        }
    }

    private static void press(Telling telling, Spoken spoken, String what, int key) {
        telling.say(spoken.say("speech.press", "what", what, "n", key));
    }

    /** What stands on the tab of a page of the account, but for the sum. */
    private static String tab(Spoken spoken, KioskState state, Account.Page page) {
        if (!(state instanceof Account account)) {
            return spoken.say("home.account");
        }
        return switch (page) {
            case LOANS -> spoken.say("acc.loans", "n", account.loans().size());
            case HOLDS -> spoken.say("acc.holds", "n", account.holdCount());
            case FEES -> spoken.say("acc.fees");
        };
    }

    private static String placed(Spoken spoken, KioskState state, int number) {
        return state instanceof Returning returning
                ? returning.rows().stream()
                        .filter(row -> row.number() == number)
                        .findFirst()
                        .map(row -> Wording.placed(spoken.texts(), row.state(), spoken::bin))
                        .orElse("")
                : "";
    }

    /** Whether what may be tried again here was not borrowed for its price. */
    private static boolean costs(KioskState state, int number) {
        return state instanceof Borrowing pile
                && pile.rows().stream()
                        .anyMatch(row -> row.number() == number
                                && row.state() instanceof LoanState.Refused refused
                                && refused.reason() == LoanState.Reason.COSTS);
    }

    /** What stands on the button. */
    private static String label(Spoken spoken, KioskState state, Choice choice) {
        return switch (choice) {
            case Choice.Borrow _ -> spoken.say("home.checkout");
            case Choice.Return _ -> spoken.say("home.return");
            case Choice.Account _ -> spoken.say("home.account");
            case Choice.Search _ -> spoken.say("find.search");
            case Choice.InSearch(SearchAct act) -> SpokenSearch.label(spoken, state, act);
            case Choice.InAccount.Turn(Account.Page page) -> tab(spoken, state, page);
            case Choice.InAccount.RenewAll _ -> spoken.say("acc.renewall");
            case Choice.InAccount.CancelHold _ -> spoken.say("hold.cancel");
            case Choice.InAccount.ReallyCancel _ -> spoken.say("hold.cancel.yes");
            case Choice.InAccount.KeepHold _ -> spoken.say("hold.cancel.no");
            case Choice.ShowCollections _ ->
                Elsewhere.of(spoken.texts(), state.around())
                        .map(Elsewhere::name)
                        .orElse("");
            case Choice.Rate(int _, int stars) -> spoken.texts().count("rate.stars", stars);
            case Choice.Cancel _ -> spoken.say(state instanceof Blocked ? "common.finish" : "common.cancel");
            case Choice.Finish _ -> spoken.say("common.finish");
            case Choice.Speak(var language) -> Texts.in(language).say("language.name");
            case Choice.TypeCard _ -> spoken.say("auth.card.type");
            case Choice.Digit(int value) -> Integer.toString(value);
            case Choice.Erase _ -> spoken.say("auth.erase");
            case Choice.Ok _ -> spoken.say("auth.ok");
            case Choice.GiveBack _ -> spoken.say("home.return");
            case Choice.Acknowledge _ -> spoken.say("common.understood");
            case Choice.Retry(int row) -> spoken.say(costs(state, row) ? "home.checkout" : "common.retry");
            case Choice.Renew _ -> spoken.say(state instanceof Account ? "acc.renew" : "out.renew");
            case Choice.Keep _ -> spoken.say("out.keep");
            case Choice.PartsInCase _ -> spoken.say("out.incase");
            case Choice.ReturnIncomplete _ -> spoken.say("in.anyway");
            case Choice.Placed(int row) -> placed(spoken, state, row);
            case Choice.PrintReceipt _ -> spoken.say("rc.print");
            case Choice.MailReceipt _ -> spoken.say("rc.mail");
            case Choice.NoReceipt _ -> spoken.say("rc.none");
            case Choice.Answer(boolean yes) -> spoken.say(yes ? "common.yes" : "common.no");
            case Choice.StillHere _ -> spoken.say("time.continue");
            case Choice.ShowPreferences(boolean open) -> spoken.say(open ? "a11y.button" : "a11y.done");
            case Choice.ShowHelp(boolean open) -> spoken.say(open ? "common.help" : "a11y.done");
            case Choice.Prefer(Preference what, boolean _) ->
                state.waiting().filter(Patience::warned).isPresent()
                        ? spoken.say("a11y.moretime")
                        : Wording.preference(spoken.texts(), what);
            case Choice.Staff _ -> throw new IllegalArgumentException("the keypad offers nothing of the staff's menu");
        };
    }
}

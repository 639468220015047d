package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.NotTaken;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.session.Rating;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.Wait;
import fi.kimppa.kiosk.text.HelpWording;
import fi.kimppa.kiosk.text.Summary;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import java.util.List;
import java.util.Optional;

/**
 * What is said: a pure function from what the listener knows and what is to what there is to tell. Time alone changes nothing in
 * it but that an answer takes longer than usual, so a sentence does not begin anew with every tick.
 */
public final class Script {
    private Script() {}

    /**
     * What to say.
     *
     * @param known the state that the listener knows of; empty when nothing was said yet
     * @param now what is
     * @return empty while the kiosk is silent, and when there is nothing new
     */
    public static Optional<Utterance> say(Optional<KioskState> known, KioskState now) {
        if (!now.around().aids().speaking()) {
            return Optional.empty();
        }
        Telling telling = new Telling();
        Spoken spoken = Spoken.of(now);
        Optional<KioskState> before = known.filter(state -> comparable(state, now));
        if (strange(spoken, known, now)) {
            telling.say(spoken.say("speech.voice"));
        }
        if (warned(now) && before.filter(Script::warned).isEmpty()) {
            warning(telling, spoken, now);
        } else if (before.isEmpty()) {
            Scenes.whole(telling, spoken, now);
        } else {
            news(telling, spoken, before.get(), now);
        }
        return Optional.of(telling.in(spoken.texts().language())).filter(utterance -> !utterance.isEmpty());
    }

    /** Whether somebody is about to hear another language than they read, and does not know yet. */
    private static boolean strange(Spoken spoken, Optional<KioskState> known, KioskState now) {
        return !spoken.texts().language().equals(now.language())
                && known.filter(before -> before.around().aids().speaking()
                                && before.language().equals(now.language()))
                        .isEmpty();
    }

    /** Whether only the difference is told: the same screen, in the same language, and nobody has asked to hear all of it. */
    private static boolean comparable(KioskState before, KioskState now) {
        Aids then = before.around().aids();
        return now.onTheScreenOf(before)
                && before.language().equals(now.language())
                && then.speaking()
                && then.plugged() == now.around().aids().plugged()
                && then.asked() == now.around().aids().asked();
    }

    private static boolean warned(KioskState state) {
        return state.waiting().map(Patience::warned).orElse(false);
    }

    private static void warning(Telling telling, Spoken spoken, KioskState now) {
        Wait warning = now.around().settings().timeouts().warning();
        long seconds = now.around().lasting(warning).toSeconds();
        telling.say(spoken.say("time.warn")).say(spoken.say("speech.warn", "n", seconds));
        Scenes.keys(telling, spoken, now);
    }

    private static void news(Telling telling, Spoken spoken, KioskState before, KioskState now) {
        Aids then = before.around().aids();
        Aids aids = now.around().aids();
        if (aids.volume() != then.volume()) {
            telling.say(spoken.say(aids.volume() > then.volume() ? "speech.louder" : "speech.softer"));
        }
        preferred(telling, spoken, before.around().preferences(), now.around().preferences());
        boolean choosing = now.around().preferences().open();
        if (now.around().preferences().help()) {
            helped(telling, spoken.texts(), before, now);
        }
        // What goes on beneath a question, help or the choices is told when they are gone.
        if (!choosing && now.question().isEmpty()) {
            if (now.slow() && !before.slow()) {
                telling.say(spoken.say("common.wait.long"));
            }
            changed(telling, spoken, before, now);
            Scenes.banners(telling, spoken, now, Scenes.told(before));
            if (aids.at() != then.at()) {
                Scenes.row(telling, spoken, now);
            }
        }
        // Whoever asks for one thing after another knows the keys by then.
        boolean otherKeys =
                choosing ? aids.at() != then.at() : !Keypad.page(now).equals(Keypad.page(before)) && !warned(before);
        if (otherKeys) {
            Scenes.keys(telling, spoken, now);
        }
    }

    private static void changed(Telling telling, Spoken spoken, KioskState before, KioskState now) {
        switch (now) {
            case OutOfService s when s.cause() != ((OutOfService) before).cause() -> Scenes.whole(telling, spoken, s);
            case AskingPin s -> typed(telling, spoken, (AskingPin) before, s);
            case KioskState.AskingCard s ->
                notTaken(telling, spoken, ((KioskState.AskingCard) before).notTaken(), s.notTaken());
            case TypingCard s -> typed(telling, spoken, (TypingCard) before, s);
            case Account s -> SpokenAccount.news(telling, spoken, (Account) before, s);
            case KioskState.Searching s -> SpokenSearch.news(telling, spoken, (KioskState.Searching) before, s);
            case Borrowing s -> lent(telling, spoken, (Borrowing) before, s);
            case Returning s -> returned(telling, spoken, (Returning) before, s);
            case OfferingReceipt s -> offered(telling, spoken, (OfferingReceipt) before, s);
            case Farewell s -> left(telling, spoken, (Farewell) before, s);
            case OutOfService _,
                    KioskState.Idle _,
                    KioskState.ElectronicCollections _,
                    KioskState.Choosing _,
                    KioskState.Identifying _,
                    KioskState.Blocked _,
                    KioskState.StaffPin _,
                    KioskState.StaffMenu _ -> {}
        }
    }

    /** What helps now, where what goes on beneath help has made it another thing. */
    private static void helped(Telling telling, Texts texts, KioskState before, KioskState now) {
        String here = HelpWording.here(texts, now);
        if (!here.equals(HelpWording.here(texts, before))) {
            telling.say(here);
        }
        Optional<String> code = HelpWording.code(texts, now);
        if (!code.equals(HelpWording.code(texts, before))) {
            code.ifPresent(telling::say);
        }
    }

    /** What was asked for, and what is done without again. */
    private static void preferred(Telling telling, Spoken spoken, Preferences before, Preferences now) {
        for (Preference what : Preference.values()) {
            if (now.has(what) != before.has(what)) {
                telling.say(Wording.preference(spoken.texts(), what, now.has(what)));
            }
        }
    }

    /** Not which digit: a tick that one came. */
    private static void typed(Telling telling, Spoken spoken, AskingPin before, AskingPin now) {
        if (Keypad.typing(now) && !Keypad.typing(before)) {
            telling.say(spoken.say("auth.pin"));
        }
        if (now.unreachable() != before.unreachable() || now.wrong() > before.wrong()) {
            telling.say(Wording.complaint(spoken.texts(), now));
        }
        digits(telling, spoken, before.digits(), now.digits());
    }

    private static void typed(Telling telling, Spoken spoken, TypingCard before, TypingCard now) {
        if (Keypad.typing(now) && !Keypad.typing(before)) {
            telling.say(spoken.say("auth.number"));
        }
        notTaken(telling, spoken, before.notTaken(), now.notTaken());
        digits(telling, spoken, before.digits(), now.digits());
    }

    private static void notTaken(Telling telling, Spoken spoken, Optional<NotTaken> before, Optional<NotTaken> now) {
        now.filter(_ -> !now.equals(before)).ifPresent(what -> telling.say(Wording.notTaken(spoken.texts(), what)));
    }

    private static void digits(Telling telling, Spoken spoken, int before, int now) {
        if (now > before) {
            telling.say(spoken.say("speech.pin.digit"));
        } else if (now < before) {
            telling.say(spoken.say("speech.pin.erased")).whisper(spoken.texts().count("auth.pin.typed", now));
        }
    }

    /** What became of the pile, once nothing of it is in work any more. */
    private static void lent(Telling telling, Spoken spoken, Borrowing before, Borrowing now) {
        if (now.inWork() > 0) {
            if (before.inWork() == 0) {
                telling.say(spoken.say("out.working")).say(spoken.say("out.still"));
            }
            return;
        }
        List<LoanRow> news = now.rows().stream()
                .filter(row -> before.rows().stream()
                        .noneMatch(old ->
                                old.number() == row.number() && old.state().equals(row.state())))
                .toList();
        news.forEach(row -> SpokenRows.loan(telling, spoken, now.told(row)));
        if (!news.isEmpty() || (now.leaving() && !before.leaving())) {
            Scenes.counts(telling, spoken, now);
        }
    }

    /** Each result with its bin, once nothing is in work any more. */
    private static void returned(Telling telling, Spoken spoken, Returning before, Returning now) {
        if (rated(now) > rated(before)) {
            telling.say(spoken.say("rate.thanks"));
        }
        if (working(now)) {
            if (!working(before)) {
                telling.say(spoken.say("in.working")).say(spoken.say("out.still"));
            }
            return;
        }
        now.rows().stream()
                .filter(row -> before.rows().stream()
                        .noneMatch(old ->
                                old.number() == row.number() && old.state().equals(row.state())))
                .forEach(row -> SpokenRows.back(telling, spoken, row));
    }

    private static long rated(Returning state) {
        return state.rows().stream()
                .filter(row -> row.rating() instanceof Rating.Given)
                .count();
    }

    private static boolean working(Returning state) {
        return state.rows().stream().map(ReturnRow::state).anyMatch(row -> switch (row) {
            case ReturnState.Queued _, ReturnState.CheckingIn _, ReturnState.Securing _ -> true;
            case ReturnState.Returned _,
                    ReturnState.ToBin _,
                    ReturnState.PutBack _,
                    ReturnState.Incomplete _,
                    ReturnState.Refused _ -> false;
        });
    }

    /** How far the mail is, and the question again where it did not go. */
    private static void offered(Telling telling, Spoken spoken, OfferingReceipt before, OfferingReceipt now) {
        Optional<String> mail = Summary.mail(spoken.texts(), now.mail());
        if (!mail.equals(Summary.mail(spoken.texts(), before.mail()))) {
            mail.ifPresent(telling::say);
            if (!now.answers().isEmpty()) {
                telling.say(spoken.say("rc.ask"));
            }
        }
    }

    private static void left(Telling telling, Spoken spoken, Farewell before, Farewell now) {
        Optional<String> receipt = Summary.receipt(spoken.texts(), now);
        if (!receipt.equals(Summary.receipt(spoken.texts(), before))) {
            receipt.ifPresent(telling::say);
        }
    }
}

package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Identifying;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From the PIN to a patron who may borrow, or is told why not before anything is tried. */
final class IdentifyingRules {
    /** SIP2's code where nobody knows; some languages of ours have no other. */
    private static final String UNKNOWN_LANGUAGE = "000";

    private IdentifyingRules() {}

    static Step pin(AskingPin state, Choice choice) {
        Surroundings around = state.around();
        Patience patience = state.patience().renewed(around.now());
        return switch (choice) {
            case Choice.Digit(int digit) -> {
                if (state.digits() >= around.settings().mostPinDigits()) {
                    yield Step.to(keep(state, state.pin(), state.digits(), patience));
                }
                char[] old = state.pin().reveal();
                char[] longer = Arrays.copyOf(old, state.digits() + 1);
                longer[state.digits()] = (char) ('0' + digit);
                yield replace(state, old, longer, patience);
            }
            case Choice.Erase() -> {
                char[] old = state.pin().reveal();
                yield replace(state, old, Arrays.copyOf(old, Math.max(0, state.digits() - 1)), patience);
            }
            case Choice.Ok() ->
                state.complete() ? ask(state) : Step.to(keep(state, state.pin(), state.digits(), patience));
            case Choice.Cancel(), Choice.Finish() -> {
                Step back = CardTurn.without(around, state.goal());
                List<Effect> effects = new ArrayList<>(back.effects());
                effects.add(new Effect.Erase(state.pin()));
                yield new Step(back.next(), effects);
            }
            case Choice.StillHere _,
                    Choice.Answer _,
                    Choice.GiveBack _,
                    Choice.TypeCard _,
                    Choice.Speak _,
                    Choice.ShowPreferences _,
                    Choice.ShowHelp _,
                    Choice.Prefer _,
                    Choice.Borrow _,
                    Choice.Return _,
                    Choice.Account _,
                    Choice.InAccount _,
                    Choice.Search _,
                    Choice.InSearch _,
                    Choice.Acknowledge _,
                    Choice.Retry _,
                    Choice.Renew _,
                    Choice.Keep _,
                    Choice.PartsInCase _,
                    Choice.ReturnIncomplete _,
                    Choice.Placed _,
                    Choice.Rate _,
                    Choice.ShowCollections _,
                    Choice.PrintReceipt _,
                    Choice.MailReceipt _,
                    Choice.NoReceipt _,
                    Choice.Staff _ -> Step.to(keep(state, state.pin(), state.digits(), patience));
        };
    }

    private static Step replace(AskingPin state, char[] old, char[] next, Patience patience) {
        Secret pin = Secret.of(next);
        int digits = next.length;
        Arrays.fill(old, '\0');
        Arrays.fill(next, '\0');
        return Step.to(keep(state, pin, digits, patience), new Effect.Erase(state.pin()));
    }

    private static AskingPin keep(AskingPin state, Secret pin, int digits, Patience patience) {
        return new AskingPin(
                state.around(), state.goal(), state.card(), pin, digits, state.wrong(), state.unreachable(), patience);
    }

    private static Step ask(AskingPin state) {
        Surroundings around = state.around();
        if (state.goal().equals(Goal.BORROW) && state.wrong() == 0 && OffLineRules.openToNewcomers(around)) {
            Step unasked = OffLineTurn.begin(around, state.card());
            List<Effect> effects = new ArrayList<>(unasked.effects());
            effects.add(new Effect.Erase(state.pin()));
            return new Step(unasked.next(), effects);
        }
        return around.line() == Surroundings.Line.UP
                ? ask(around, state.goal(), state.card(), state.pin(), state.wrong(), List.of())
                : again(around, state.goal(), state.card(), state.pin(), state.wrong(), true);
    }

    /** A patron who is known already wants something else: the library is asked anew, the patron is not. */
    static Step askAgain(Surroundings around, Goal goal, Patron patron, List<Effect> effects) {
        return ask(around, goal, patron.card(), patron.pin(), 0, effects);
    }

    private static Step ask(
            Surroundings around, Goal goal, CardNumber card, Secret pin, int wrong, List<Effect> before) {
        long request = around.nextRequest();
        List<Effect> effects = new ArrayList<>(before);
        effects.add(new Effect.Send(request, Requests.whoIs(around, card, pin)));
        return new Step(new Identifying(around.requested(), goal, card, pin, wrong, request, around.now()), effects);
    }

    static Step answered(Identifying state, Response response) {
        Surroundings around = state.around();
        if (!(response instanceof PatronInformationResponse answer)) {
            return again(state, state.wrong(), true);
        }
        if (answer.validPatron().isEmpty() && answer.validPatronPassword().isEmpty()) {
            // The library itself was silent behind whoever answers here: no word about card or PIN, so no wrong try. To
            // ask at once again would only make the patron wait as long once more.
            return ended(state, Blocked.Reason.LIBRARY_SILENT, Standing.UNKNOWN);
        }
        if (!answer.identified()) {
            int wrong = state.wrong() + 1;
            return wrong < around.settings().pinTries()
                    ? again(state, wrong, false)
                    : ended(state, Blocked.Reason.WRONG_PIN, Standing.UNKNOWN);
        }
        Standing standing = standing(around, answer);
        Patron patron = new Patron(
                        state.card(),
                        state.pin(),
                        answer.items().getOrDefault(ItemList.CHARGED, List.of()),
                        standing,
                        Optional.empty())
                .reached(ofOurs(around, answer, "PE")
                        .filter(_ -> around.settings().offers(Extra.MAIL)))
                .greeted(around.settings().personal().initial() ? Initial.of(answer.personalName()) : Optional.empty());
        if (standing.block().equals(Optional.of(Blocked.Reason.CARD_LOST))) {
            return ended(state, Blocked.Reason.CARD_LOST, standing);
        }
        return offered(on(around, state.goal(), patron, standing), answer.language());
    }

    /**
     * Whoever has chosen no language is asked, once, whether it shall go on in the one that the library has down for them.
     *
     * @param sip2 what the library says, which may be what it was asked in
     */
    private static Step offered(Step step, String sip2) {
        Surroundings around = step.next().around();
        KioskSettings settings = around.settings();
        boolean chosen = !around.language().equals(settings.branchLanguage());
        return settings.languages().stream()
                .filter(language -> !chosen && !around.stay().languageAsked())
                .filter(language -> language.sip2().equals(sip2)
                        && !language.sip2().equals(UNKNOWN_LANGUAGE)
                        && !language.equals(around.language()))
                .findFirst()
                .map(language -> {
                    Surroundings asking = VisitTurn.asking(around, new Question.OtherLanguage(language));
                    Stay asked = asking.stay().askedForLanguage();
                    return new Step(States.in(step.next(), asking.with(asked)), step.effects());
                })
                .orElse(step);
    }

    /** To what the card was shown for. Whether a patron who may not borrow may place a hold is the library's matter. */
    private static Step on(Surroundings around, Goal goal, Patron patron, Standing standing) {
        if (goal.equals(Goal.ACCOUNT)) {
            return AccountTurn.begin(around, patron, Patience.from(around.now()));
        }
        if (goal.search().isPresent()) {
            return SearchTurn.identified(around, patron, goal.search().get());
        }
        Optional<Blocked.Reason> stop =
                standing.block().or(() -> around.lends() ? Optional.empty() : Optional.of(Blocked.Reason.NO_PAD));
        return stop.isEmpty()
                ? BorrowingTurn.begin(around, patron)
                : Step.to(blocked(around, stop.get(), standing, Optional.of(patron)));
    }

    /** Nobody answered: the card need not be read again, the PIN must. */
    static Step unanswered(Identifying state) {
        return again(state, state.wrong(), true);
    }

    private static Step again(Identifying state, int wrong, boolean unreachable) {
        return again(state.around(), state.goal(), state.card(), state.pin(), wrong, unreachable);
    }

    private static Step again(
            Surroundings around, Goal goal, CardNumber card, Secret pin, int wrong, boolean unreachable) {
        return Step.to(
                new AskingPin(around, goal, card, Secret.empty(), 0, wrong, unreachable, Patience.from(around.now())),
                new Effect.Erase(pin));
    }

    /** Card or PIN open nothing here: the session is over at the library before the patron reads why. */
    private static Step ended(Identifying state, Blocked.Reason reason, Standing standing) {
        Surroundings around = state.around();
        return Step.to(
                blocked(around.requested(), reason, standing, Optional.empty()),
                new Effect.Send(around.nextRequest(), Requests.end(around, state.card())),
                new Effect.Erase(state.pin()));
    }

    private static Blocked blocked(
            Surroundings around, Blocked.Reason reason, Standing standing, Optional<Patron> patron) {
        boolean fees = reason == Blocked.Reason.FEES;
        return new Blocked(
                around,
                reason,
                standing.owed().filter(_ -> fees),
                standing.limit().filter(_ -> fees),
                standing.libraryLines(),
                patron,
                Patience.from(around.now()));
    }

    /** How a patron stands, by a 64. */
    static Standing standing(Surroundings around, PatronInformationResponse answer) {
        return new Standing(
                answer.counts().getOrDefault(ItemList.OVERDUE, 0),
                answer.counts().getOrDefault(ItemList.HOLD, 0),
                answer.counts().getOrDefault(ItemList.UNAVAILABLE_HOLDS, 0),
                answer.feeAmount().map(sum -> money(sum, answer)),
                answer.feeLimit().map(sum -> money(sum, answer)),
                ofOurs(around, answer, "PN"),
                why(around, answer),
                answer.patronStatus().has(Flag.RENEWAL_PRIVILEGES_DENIED),
                answer.screenMessages());
    }

    /** A field of our own gateway; what others put into one of this name may be something else, such as a name. */
    private static Optional<String> ofOurs(Surroundings around, PatronInformationResponse answer, String code) {
        return around.settings().kimppaGateway()
                ? texts(answer, code).filter(text -> !text.isBlank()).findFirst()
                : Optional.empty();
    }

    private static Stream<String> texts(PatronInformationResponse answer, String code) {
        return answer.extras().stream()
                .filter(CodedField.Text.class::isInstance)
                .map(CodedField.Text.class::cast)
                .filter(field -> field.code().equals(code))
                .map(CodedField.Text::value);
    }

    private static Money money(BigDecimal sum, PatronInformationResponse answer) {
        return new Money(sum, answer.currencyType().orElse("EUR"));
    }

    /**
     * The reason that blocks, if one does, in this order. Too many loans is a block only when the library says that charging is
     * denied; else the loans that lie on the pad may still be renewed.
     */
    private static Optional<Blocked.Reason> why(Surroundings around, PatronInformationResponse answer) {
        PatronStatus status = answer.patronStatus();
        boolean denied = status.has(Flag.CHARGE_PRIVILEGES_DENIED);
        if (status.has(Flag.CARD_REPORTED_LOST)) {
            return Optional.of(Blocked.Reason.CARD_LOST);
        }
        if (denied && expired(around, answer)) {
            return Optional.of(Blocked.Reason.CARD_EXPIRED);
        }
        if (status.has(Flag.EXCESSIVE_OUTSTANDING_FINES) || status.has(Flag.EXCESSIVE_OUTSTANDING_FEES)) {
            return Optional.of(Blocked.Reason.FEES);
        }
        if (status.has(Flag.TOO_MANY_ITEMS_OVERDUE) || status.has(Flag.RECALL_OVERDUE)) {
            return Optional.of(Blocked.Reason.OVERDUE);
        }
        if (denied && status.has(Flag.TOO_MANY_ITEMS_CHARGED)) {
            return Optional.of(Blocked.Reason.LIMIT);
        }
        return denied ? Optional.of(Blocked.Reason.BAN) : Optional.empty();
    }

    /**
     * SIP2 has no flag for an expired card. Some libraries send the end of its validity in PX (Polaris's form); our own gateway
     * denies a valid card everything and gives no further reason, which it does for this one only.
     */
    private static boolean expired(Surroundings around, PatronInformationResponse answer) {
        boolean allDenied = answer.patronStatus().equals(PatronStatus.UNKNOWN_CARD);
        return (around.settings().kimppaGateway() && allDenied) || pastItsEnd(around, answer);
    }

    private static boolean pastItsEnd(Surroundings around, PatronInformationResponse answer) {
        return texts(answer, "PX")
                .filter(end -> end.length() == 18)
                .flatMap(end -> new Timestamp(end).instant(around.settings().zone()).stream())
                .anyMatch(end -> !end.isAfter(around.now()));
    }
}

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From the PIN to a patron who may borrow, or is told why not before anything is tried. */
final class IdentifyingRules {
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
            case Choice.Speak(Language language) ->
                Step.to(new AskingPin(
                        around.speaking(language),
                        state.card(),
                        state.pin(),
                        state.digits(),
                        state.wrong(),
                        state.unreachable(),
                        patience));
            case Choice.MoreTime() ->
                Step.to(keep(
                        state, state.pin(), state.digits(), state.patience().withMoreTime(around.now())));
            case Choice.Cancel(), Choice.Finish() -> Step.to(Endings.idle(around), new Effect.Erase(state.pin()));
            case Choice.StillHere _,
                    Choice.Borrow _,
                    Choice.Return _,
                    Choice.Acknowledge _,
                    Choice.Retry _,
                    Choice.Renew _,
                    Choice.Keep _,
                    Choice.ReturnIncomplete _,
                    Choice.PrintReceipt _,
                    Choice.NoReceipt _ -> Step.to(keep(state, state.pin(), state.digits(), patience));
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
        return new AskingPin(state.around(), state.card(), pin, digits, state.wrong(), state.unreachable(), patience);
    }

    private static Step ask(AskingPin state) {
        Surroundings around = state.around();
        if (around.line() != Surroundings.Line.UP) {
            return again(around, state.card(), state.pin(), state.wrong(), true);
        }
        long request = around.nextRequest();
        return Step.to(
                new Identifying(around.requested(), state.card(), state.pin(), state.wrong(), request, around.now()),
                new Effect.Send(
                        request, Requests.patron(around, state.card(), state.pin(), Optional.of(ItemList.CHARGED))));
    }

    static Step answered(Identifying state, Response response) {
        Surroundings around = state.around();
        if (!(response instanceof PatronInformationResponse answer)) {
            return again(around, state.card(), state.pin(), state.wrong(), true);
        }
        if (answer.validPatron().isEmpty() && answer.validPatronPassword().isEmpty()) {
            // The library itself was silent behind whoever answers here: no word about card or PIN, so no wrong try.
            return unanswered(state);
        }
        boolean known = answer.validPatron().orElse(false)
                && answer.validPatronPassword().orElse(false);
        if (!known) {
            int wrong = state.wrong() + 1;
            return wrong < around.settings().pinTries()
                    ? again(around, state.card(), state.pin(), wrong, false)
                    : blocked(around, Blocked.Reason.WRONG_PIN, Optional.empty(), Optional.empty(), List.of(), state);
        }
        Optional<Blocked.Reason> reason = why(around, answer);
        if (reason.isEmpty()) {
            return BorrowingTurn.begin(
                    around,
                    new Patron(state.card(), state.pin(), answer.items().getOrDefault(ItemList.CHARGED, List.of())));
        }
        boolean fees = reason.get() == Blocked.Reason.FEES;
        Step step = blocked(
                around,
                reason.get(),
                fees ? answer.feeAmount().map(sum -> money(sum, answer)) : Optional.empty(),
                fees ? answer.feeLimit().map(sum -> money(sum, answer)) : Optional.empty(),
                answer.screenMessages(),
                state);
        return step;
    }

    /** Nobody answered: the card need not be read again, the PIN must. */
    static Step unanswered(Identifying state) {
        return again(state.around(), state.card(), state.pin(), state.wrong(), true);
    }

    private static Step again(Surroundings around, CardNumber card, Secret pin, int wrong, boolean unreachable) {
        return Step.to(
                new AskingPin(around, card, Secret.empty(), 0, wrong, unreachable, Patience.from(around.now())),
                new Effect.Erase(pin));
    }

    private static Step blocked(
            Surroundings around,
            Blocked.Reason reason,
            Optional<Money> owed,
            Optional<Money> limit,
            List<String> lines,
            Identifying state) {
        return Step.to(
                new Blocked(around.requested(), reason, owed, limit, lines, Patience.from(around.now())),
                new Effect.Send(around.nextRequest(), Requests.end(around, state.card())),
                new Effect.Erase(state.pin()));
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
        return answer.extras().stream()
                .filter(CodedField.Text.class::isInstance)
                .map(CodedField.Text.class::cast)
                .filter(field -> field.code().equals("PX") && field.value().length() == 18)
                .flatMap(field ->
                        new Timestamp(field.value()).instant(around.settings().zone()).stream())
                .anyMatch(end -> !end.isAfter(around.now()));
    }
}

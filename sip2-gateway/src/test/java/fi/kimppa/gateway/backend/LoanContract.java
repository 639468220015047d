package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.refused;
import static fi.kimppa.gateway.backend.Case.wire;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 11, and taking back by BI. */
public interface LoanContract extends Case {
    @Test
    default void lends() {
        CheckoutResponse lent = out();
        assertThat(lent.ok()).isTrue();
        assertThat(lent.renewalOk()).isFalse();
        assertThat(lent.desensitize()).isTrue();
        assertThat(lent.titleIdentifier()).isEqualTo(title());
        assertThat(lent.dueDate()).matches("\\d{8}    \\d{6}");
        assertThat(lent.itemIdentifier()).isEqualTo(item());
        assertThat(lent.patronIdentifier()).isEqualTo(card());
        assertThat(library().borrower(item())).contains(card());
        assertThat(what().dueDate()).contains(lent.dueDate());
    }

    /** Koha books a loan at the branch of its API user, whatever the call says. */
    @Test
    default void lendsAtTheBranchOfTheMachine() {
        out();
        assertThat(library().lentAt(item())).contains(library().here().branchCode());
    }

    @Test
    default void lendsAThingOfAnotherBranch() {
        String far = machine().thingOfElsewhere();
        assertThat(out(card(), far).ok()).isTrue();
        assertThat(library().borrower(far)).contains(card());
        assertThat(library().lentAt(far)).contains(library().here().branchCode());
    }

    // ---- refusals ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_ITEM, "%", "*", "39"})
    default void lendsNothingUnknown(String number) {
        refused(out(card(), number));
        assertThat(who().counts()).containsEntry(ItemList.CHARGED, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_CARD, "%", "*", "29"})
    default void lendsToNobodyUnknown(String whose) {
        refused(out(whose, item()));
        assertThat(library().borrower(item())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoanRefusal.class)
    default void lendsNothingWhereTheRulesSayNo(LoanRefusal why) {
        why.arrange(this);
        CheckoutResponse answer = out();
        if (why.needs().isPresent() && !can(why.needs().get())) {
            assertThat(answer.ok()).isTrue();
            return;
        }
        refused(answer);
        assertThat(library().borrower(item())).isEmpty();
    }

    @Test
    default void tellsNobodyWhoElseHasAThing() {
        library().lend(item(), other());
        CheckoutResponse answer = out();
        refused(answer);
        assertThat(library().borrower(item())).contains(other());
        assertThat(wire(answer)).doesNotContain(other());
    }

    @Test
    default void tellsNobodyForWhomAThingIsHeld() {
        library().ready(item(), other());
        assertThat(wire(out())).doesNotContain(other());
    }

    // ---- holds -------------------------------------------------------------------------------------------

    @Test
    default void lendsWhatStandsReadyForThePatron() {
        library().ready(item(), card());
        assertThat(out().ok()).isTrue();
        assertThat(library().borrower(item())).contains(card());
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void lendsWhatThePatronWaitsFor() {
        library().want(item(), card(), true);
        assertThat(out().ok()).isTrue();
        assertThat(library().holds(card())).isZero();
    }

    // ---- twice -------------------------------------------------------------------------------------------

    /** Some systems take a second 11 for a renewal, and call it failed when they would not renew. */
    @Test
    default void neitherRenewsNorForgetsALoanForASecond11() {
        out();
        Optional<String> due = what().dueDate();
        CheckoutResponse again = out();
        assertThat(again.ok()).isEqualTo(can(Ability.TELLS_A_STANDING_LOAN));
        if (again.ok()) {
            assertThat(again.renewalOk()).isFalse();
            assertThat(due).contains(again.dueDate());
        } else {
            refused(again);
        }
        assertThat(library().borrower(item())).contains(card());
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void renewsByAn11WhereTheMachineAllowsIt() {
        library().lend(item(), card());
        CheckoutResponse again = say(CheckoutResponse.class, "11YN{now}{now}AO{AO}|AA{card}|AB{item}|AC|AD{pin}|");
        assertThat(again.ok()).isTrue();
        assertThat(again.renewalOk()).isEqualTo(can(Ability.RENEWS_BY_CHECKOUT));
        assertThat(again.dueDate()).isNotBlank();
        assertThat(library().borrower(item())).contains(card());
    }

    // ---- off-line ----------------------------------------------------------------------------------------

    private CheckoutResponse replay(Timestamp due) {
        return say(
                CheckoutResponse.class,
                "11NY" + machine().hoursAgo(3).text() + due.text() + "AO{AO}|AA{card}|AB{item}|AC|AD{pin}|");
    }

    private Timestamp promised() {
        return new Timestamp(machine().hoursAgo(-24 * 9).text().substring(0, 12) + "235900");
    }

    @Test
    default void recordsWhatWasLentWhileNobodyListened() {
        CheckoutResponse recorded = replay(promised());
        assertThat(recorded.ok()).isTrue();
        assertThat(library().borrower(item())).contains(card());
        assertThat(what().dueDate().equals(Optional.of(promised().text()))).isEqualTo(can(Ability.OVERRIDES_BLOCKS));
    }

    @Test
    default void recordsItInSpiteOfABlock() {
        library().block(card());
        CheckoutResponse recorded = replay(promised());
        assertThat(recorded.ok()).isEqualTo(can(Ability.OVERRIDES_BLOCKS));
        assertThat(library().borrower(item()).isPresent()).isEqualTo(can(Ability.OVERRIDES_BLOCKS));
    }

    @Test
    default void recordsItOnce() {
        assertThat(replay(promised()).ok()).isTrue();
        Optional<String> due = what().dueDate();
        assertThat(replay(promised()).ok()).isTrue();
        assertThat(library().borrower(item())).contains(card());
        assertThat(what().dueDate()).isEqualTo(due);
        assertThat(who().counts()).containsEntry(ItemList.CHARGED, 1);
    }

    // ---- BI ----------------------------------------------------------------------------------------------

    @Test
    default void takesALoanBackOrSaysThatItCannot() {
        out();
        CheckinResponse undone = say(CheckinResponse.class, "09N{now}{now}AP{AP}|AO{AO}|AB{item}|AC|BIY|");
        assertThat(undone.ok()).isEqualTo(can(Ability.UNDOES));
        assertThat(library().borrower(item()).isEmpty()).isEqualTo(can(Ability.UNDOES));
    }

    @Test
    default void takesAReturnBackOrSaysThatItCannot() {
        library().lend(item(), card());
        Optional<String> due = what().dueDate();
        in();
        CheckoutResponse undone = say(CheckoutResponse.class, "11NN{now}{now}AO{AO}|AA{card}|AB{item}|AC|AD{pin}|BIY|");
        assertThat(undone.ok()).isEqualTo(can(Ability.UNDOES));
        assertThat(library().borrower(item()).isPresent()).isEqualTo(can(Ability.UNDOES));
        if (undone.ok()) {
            assertThat(what().dueDate()).isEqualTo(due);
        }
    }

    @Test
    default void takesNothingBackThatNeverWas() {
        CheckinResponse undone = say(CheckinResponse.class, "09N{now}{now}AP{AP}|AO{AO}|AB{item}|AC|BIY|");
        assertThat(undone.ok()).isFalse();
        refused(say(CheckoutResponse.class, "11NN{now}{now}AO{AO}|AA{card}|AB{item}|AC|AD{pin}|BIY|"));
        assertThat(library().borrower(item())).isEmpty();
    }

    // ---- a visit -----------------------------------------------------------------------------------------

    /** What the lists say agrees with what was answered, thing by thing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    default void keepsItsBooksOverAVisit(int size) {
        List<String> pile = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String number = machine().thing();
            assertThat(out(card(), number).ok()).isTrue();
            pile.add(number);
            assertThat(who("  Y       ").items().get(ItemList.CHARGED)).containsExactlyInAnyOrderElementsOf(pile);
        }
        while (!pile.isEmpty()) {
            assertThat(in(pile.removeFirst()).ok()).isTrue();
            assertThat(who().counts()).containsEntry(ItemList.CHARGED, pile.size());
        }
    }
}

package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static fi.kimppa.gateway.backend.Case.refused;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 15: placed, moved and deleted; every one is answered. */
public interface HoldContract extends Case {
    /** What the other patron has is what the patron waits for. */
    private void lentToTheOther() {
        library().lend(item(), other());
    }

    @Test
    default void placesAHold() {
        lentToTheOther();
        HoldResponse held = hold();
        assertThat(held.ok()).isTrue();
        assertThat(held.available()).isFalse();
        assertThat(held.queuePosition()).isPresent();
        assertThat(held.pickupLocation()).contains(library().here().branchCode());
        assertThat(held.itemIdentifier()).contains(item());
        assertThat(held.titleIdentifier()).contains(title());
        explained(held.screenMessages());
        assertThat(library().holds(card())).isOne();
        assertThat(who("     Y    ").counts()).containsEntry(ItemList.UNAVAILABLE_HOLDS, 1);
    }

    @Test
    default void placesAHoldAtTheMachineWhereNoPlaceIsNamed() {
        lentToTheOther();
        assertThat(hold("+", "AB{item}|AC|").ok()).isTrue();
        assertThat(in().alertType()).contains(AlertType.HOLD_HERE);
    }

    @Test
    default void placesAHoldByTheTitle() {
        lentToTheOther();
        HoldResponse held = hold("+", "BS{AP}|AJ" + library().record(item()) + "|AC|");
        assertThat(held.ok()).isTrue();
        assertThat(library().holds(card())).isOne();
    }

    /** As a kiosk places one from the catalogue: any copy, fetched somewhere else, and what it may cost accepted. */
    @Test
    default void placesAHoldOnAnyCopyThatIsFetchedElsewhere() {
        lentToTheOther();
        HoldResponse held = hold("+", "BOY|BY2|BS" + library().elsewhere() + "|AB{item}|AC|");
        assertThat(held.ok()).isTrue();
        assertThat(held.pickupLocation()).contains(library().elsewhere());
        assertThat(library().holds(card())).isOne();
        assertThat(in().alertType()).contains(AlertType.HOLD_ELSEWHERE);
    }

    @Test
    default void placesAHoldByTheTitleThatIsFetchedElsewhere() {
        lentToTheOther();
        String fields = "BOY|BS" + library().elsewhere() + "|AJ" + library().record(item()) + "|AC|";
        assertThat(hold("+", fields).pickupLocation()).contains(library().elsewhere());
        assertThat(in().destinationLocation()).contains(library().elsewhere());
    }

    /** From the wish to the loan: what is placed here is caught by a return and lent to whoever waited. */
    @Test
    default void keepsAThingForItsHoldUntilItIsLent() {
        lentToTheOther();
        hold();
        CheckinResponse back = in();
        assertThat(back.alertType()).contains(AlertType.HOLD_HERE);
        assertThat(who("Y         ").items().get(ItemList.HOLD)).containsExactly(item());
        refused(out(other(), item()));
        assertThat(out().ok()).isTrue();
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void catchesAThingForAHoldThatIsPickedUpElsewhere() {
        lentToTheOther();
        assertThat(hold("+", "BS" + library().elsewhere() + "|AB{item}|AC|").ok())
                .isTrue();
        CheckinResponse back = in();
        assertThat(back.alertType()).contains(AlertType.HOLD_ELSEWHERE);
        assertThat(back.destinationLocation()).contains(library().elsewhere());
    }

    // ---- refusals ----------------------------------------------------------------------------------------

    @Test
    default void placesOneHoldForOneThing() {
        lentToTheOther();
        hold();
        refused(hold());
        assertThat(library().holds(card())).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AB" + Machine.NO_ITEM + "|",
                "AB%|",
                "AB*|",
                "AJ%|",
                "AJ*|",
                "AJno such title|",
                "AJ999999999|",
                ""
            })
    default void placesNoHoldForAnUnknownThing(String field) {
        refused(hold("+", "BS{AP}|" + field + "AC|"));
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void placesNoHoldForNobody() {
        refused(say(HoldResponse.class, "15+{now}AO{AO}|AA" + Machine.NO_CARD + "|AD{pin}|BS{AP}|AB{item}|AC|"));
    }

    @Test
    default void placesNoHoldAtAPlaceThatIsNone() {
        lentToTheOther();
        refused(hold("+", "BSNOWHERE|AB{item}|AC|"));
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void placesNoHoldOnWhatIsForTheHouseOnly() {
        library().forTheHouseOnly(item());
        refused(hold());
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void placesNoHoldOnWhatThePatronHas() {
        library().lend(item(), card());
        refused(hold());
        assertThat(library().holds(card())).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = LoanRefusal.class,
            names = {"CARD_BLOCKED", "CARD_LOST", "CARD_EXPIRED", "TOO_YOUNG"})
    default void placesNoHoldForWhoMayNotHave(LoanRefusal why) {
        lentToTheOther();
        why.arrange(this);
        HoldResponse answer = hold();
        boolean known = why.needs().map(this::can).orElse(true);
        assertThat(answer.ok()).isEqualTo(!known);
        explained(answer.screenMessages());
        assertThat(library().holds(card())).isEqualTo(known ? 0 : 1);
    }

    @Test
    default void placesNoMoreHoldsThanAreAllowed() {
        lentToTheOther();
        library().fillWithHolds(card(), machine().thing());
        assertThat(hold().ok()).isEqualTo(!can(Ability.LIMITS_HOLDS));
        assertThat(library().holds(card())).isEqualTo(can(Ability.LIMITS_HOLDS) ? 1 : 2);
    }

    @Test
    default void placesNoHoldThatIsOverAlready() {
        lentToTheOther();
        HoldResponse answer = hold("+", "BW" + machine().hoursAgo(48).text() + "|BS{AP}|AB{item}|AC|");
        assertThat(answer.ok()).isEqualTo(!can(Ability.KNOWS_PAST_DATES));
        explained(answer.screenMessages());
    }

    // ---- changing ----------------------------------------------------------------------------------------

    @Test
    default void movesAHold() {
        lentToTheOther();
        library().want(item(), card(), true);
        HoldResponse moved = hold("*", "BS" + library().elsewhere() + "|AB{item}|AC|");
        assertThat(moved.ok()).isTrue();
        explained(moved.screenMessages());
        assertThat(library().holds(card())).isOne();
        assertThat(in().alertType()).contains(AlertType.HOLD_ELSEWHERE);
    }

    @Test
    default void movesNoHoldThatIsReady() {
        library().ready(item(), card());
        refused(hold("*", "BS" + library().elsewhere() + "|AB{item}|AC|"));
        assertThat(who().counts()).containsEntry(ItemList.HOLD, 1);
    }

    @Test
    default void movesNoHoldThatIsNone() {
        lentToTheOther();
        refused(hold("*", "BS" + library().elsewhere() + "|AB{item}|AC|"));
        assertThat(library().holds(card())).isZero();
    }

    // ---- deleting ----------------------------------------------------------------------------------------

    @Test
    default void deletesAHold() {
        lentToTheOther();
        library().want(item(), card(), true);
        HoldResponse deleted = hold("-", "AB{item}|AC|");
        assertThat(deleted.ok()).isTrue();
        explained(deleted.screenMessages());
        assertThat(library().holds(card())).isZero();
        assertThat(in().alertType()).isEmpty();
    }

    @Test
    default void deletesAHoldThatIsReady() {
        library().ready(item(), card());
        assertThat(hold("-", "AB{item}|AC|").ok()).isTrue();
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void deletesAHoldOnce() {
        lentToTheOther();
        library().want(item(), card(), true);
        hold("-", "AB{item}|AC|");
        refused(hold("-", "AB{item}|AC|"));
    }

    @Test
    default void deletesNothingOfSomebodyElse() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        refused(hold("-", "AB{item}|AC|"));
        assertThat(library().holds(other())).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB" + Machine.NO_ITEM + "|", "AB%|", "AJ*|", ""})
    default void deletesNothingThatNobodyKnows(String field) {
        lentToTheOther();
        library().want(item(), card(), true);
        refused(hold("-", field + "AC|"));
        assertThat(library().holds(card())).isOne();
    }
}

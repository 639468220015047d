package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static fi.kimppa.gateway.backend.Case.refused;
import static fi.kimppa.gateway.backend.Case.wire;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewAllResponse.Price;
import fi.kimppa.sip2.message.RenewResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 29 and 65. */
public interface RenewContract extends Case {
    @Test
    default void renews() {
        library().lend(item(), card());
        String before = what().dueDate().orElseThrow();
        RenewResponse renewed = renew();
        assertThat(renewed.ok()).isTrue();
        assertThat(renewed.renewalOk()).isTrue();
        assertThat(renewed.dueDate()).isGreaterThan(before);
        assertThat(renewed.itemIdentifier()).isEqualTo(item());
        assertThat(renewed.titleIdentifier()).isEqualTo(title());
        assertThat(what().dueDate()).contains(renewed.dueDate());
        assertThat(library().borrower(item())).contains(card());
    }

    /** A repeat after a lost answer would use up one more of the renewals that the rules allow. */
    @Test
    default void renewsOnceADayOrAsOftenAsTheRulesAllow() {
        library().lend(item(), card());
        String first = renew().dueDate();
        RenewResponse last = renew();
        for (int i = 0; i < 8; i++) {
            last = renew();
        }
        assertThat(last.ok()).isEqualTo(can(Ability.RENEWS_ONCE_A_DAY));
        assertThat(what().dueDate()).contains(first);
    }

    // ---- refusals ----------------------------------------------------------------------------------------

    @Test
    default void renewsNoOftenerThanTheRulesAllow() {
        library().lend(item(), card());
        library().renewedEnough(item());
        Optional<String> due = what().dueDate();
        refused(renew());
        assertThat(library().borrower(item())).contains(card());
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void renewsNothingThatSomebodyWaitsFor() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        refused(renew());
        assertThat(library().borrower(item())).contains(card());
    }

    @ParameterizedTest
    @EnumSource(
            value = LoanRefusal.class,
            names = {"CARD_BLOCKED", "CARD_LOST", "CARD_EXPIRED", "TOO_MUCH_OWED"})
    default void renewsNothingForWhoMayNotBorrow(LoanRefusal why) {
        library().lend(item(), card());
        why.arrange(this);
        Optional<String> due = what().dueDate();
        refused(renew());
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void renewsNothingThatIsNotLent() {
        refused(renew());
        assertThat(library().borrower(item())).isEmpty();
    }

    @Test
    default void renewsNobodyElsesLoan() {
        library().lend(item(), other());
        RenewResponse answer = renew();
        refused(answer);
        assertThat(wire(answer)).doesNotContain(other());
        assertThat(library().borrower(item())).contains(other());
    }

    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_ITEM, "%", "*", "39"})
    default void renewsNothingUnknown(String number) {
        library().lend(item(), card());
        refused(renew(number));
    }

    @Test
    default void renewsNothingForNobody() {
        library().lend(item(), card());
        refused(say(RenewResponse.class, "29NN{now}{now}AO{AO}|AA" + Machine.NO_CARD + "|AD{pin}|AB{item}|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AJCase|"})
    default void wantsToKnowWhichLoan(String field) {
        library().lend(item(), card());
        refused(say(RenewResponse.class, "29NN{now}{now}AO{AO}|AA{card}|AD{pin}|" + field));
    }

    // ---- what costs --------------------------------------------------------------------------------------

    /** Where a library system names no price it may charge one all the same; nothing is said that is not so. */
    @ParameterizedTest
    @ValueSource(strings = {"", "BON|"})
    default void renewsForAFeeAfterAYesAlone(String unasked) {
        library().lend(item(), card());
        library().dearToRenew(item());
        Optional<String> before = what().dueDate();
        RenewResponse asked = renew(item(), unasked);
        if (!can(Ability.TELLS_PRICES_OF_RENEWALS)) {
            assertThat(asked.ok()).isTrue();
            assertThat(asked.feeAmount()).isEmpty();
            return;
        }
        refused(asked);
        assertThat(asked.feeAmount()).contains(new BigDecimal("1.50"));
        assertThat(asked.currencyType()).contains("EUR");
        assertThat(asked.feeType()).contains("06");
        assertThat(what().dueDate()).isEqualTo(before);
        assertThat(library().debt(card())).isZero();
        RenewResponse agreed = renew(item(), "BOY|");
        assertThat(agreed.ok()).isTrue();
        assertThat(agreed.feeAmount())
                .as("it may be read as what is still to be agreed to")
                .isEmpty();
        assertThat(what().dueDate()).isNotEqualTo(before);
        assertThat(library().debt(card())).isEqualByComparingTo("1.50");
        assertThat(renew(item(), "BOY|").ok()).isTrue();
        assertThat(library().debt(card())).as("once").isEqualByComparingTo("1.50");
    }

    @Test
    default void tellsNoPriceOfWhatIsNotRenewed() {
        library().lend(item(), card());
        library().dearToRenew(item());
        library().renewedEnough(item());
        RenewResponse asked = renew();
        refused(asked);
        assertThat(asked.feeAmount()).isEmpty();
        assertThat(renewAll().prices()).isEmpty();
        refused(renew(item(), "BOY|"));
        assertThat(library().debt(card())).isZero();
    }

    @Test
    default void leavesAloneWhatCostsWhenAllIsRenewed() {
        library().lend(item(), card());
        String dear = machine().thing();
        library().lend(dear, card());
        library().dearToRenew(dear);
        RenewAllResponse all = renewAll();
        assertThat(all.ok()).isTrue();
        if (!can(Ability.TELLS_PRICES_OF_RENEWALS)) {
            assertThat(all.renewedItems()).containsExactlyInAnyOrder(item(), dear);
            assertThat(all.prices()).isEmpty();
            return;
        }
        assertThat(all.renewedItems()).containsExactly(item());
        assertThat(all.unrenewedItems()).containsExactly(dear);
        assertThat(all.prices()).containsExactly(new Price(dear, "06", "EUR", new BigDecimal("1.50")));
        explained(all.screenMessages());
        assertThat(library().debt(card())).isZero();
        RenewAllResponse agreed = renewAll("BOY|");
        assertThat(agreed.renewedItems()).containsExactlyInAnyOrder(item(), dear);
        assertThat(agreed.prices()).isEmpty();
        assertThat(library().debt(card())).isEqualByComparingTo("1.50");
    }

    // ---- 65 ----------------------------------------------------------------------------------------------

    @Test
    default void renewsAllThatMayBe() {
        library().lend(item(), card());
        String second = machine().thing();
        library().lend(second, card());
        library().renewedEnough(second);
        String before = what().dueDate().orElseThrow();
        RenewAllResponse all = renewAll();
        assertThat(all.ok()).isTrue();
        assertThat(all.renewedCount()).hasValue(1);
        assertThat(all.unrenewedCount()).hasValue(1);
        assertThat(all.renewedItems()).containsExactly(item());
        assertThat(all.unrenewedItems()).singleElement().asString().startsWith(second);
        explained(all.screenMessages());
        assertThat(what().dueDate()).hasValueSatisfying(due -> assertThat(due).isGreaterThan(before));
    }

    @Test
    default void renewsAllOfNothing() {
        RenewAllResponse all = renewAll();
        assertThat(all.renewedCount()).hasValue(0);
        assertThat(all.unrenewedCount()).hasValue(0);
        explained(all.screenMessages());
    }

    @ParameterizedTest
    @EnumSource(
            value = LoanRefusal.class,
            names = {"CARD_BLOCKED", "CARD_LOST", "CARD_EXPIRED", "TOO_MUCH_OWED"})
    default void renewsNoneForWhoMayNotBorrow(LoanRefusal why) {
        library().lend(item(), card());
        why.arrange(this);
        Optional<String> due = what().dueDate();
        RenewAllResponse all = renewAll();
        assertThat(all.renewedItems()).isEmpty();
        assertThat(all.unrenewedItems()).isIn(List.of(item()), List.of());
        explained(all.screenMessages());
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void renewsNoneForNobody() {
        RenewAllResponse all = say(RenewAllResponse.class, "65{now}AO{AO}|AA" + Machine.NO_CARD + "|AD{pin}|AC|");
        assertThat(all.ok()).isFalse();
        assertThat(all.renewedItems()).isEmpty();
        explained(all.screenMessages());
    }
}

package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Costs;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Lend;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Refused;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Yours;
import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.sip2.message.Language;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What Koha's reasons come to: the tables, row by row. */
class KohaReasonsTest {
    private static final ScreenTexts TEXTS = new ScreenTexts("fi.kimppa.gateway.backend.koha.messages");
    private static final Set<String> CONFIRMS = Set.of("PREVISSUE");

    private static CheckoutVerdict of(String availability) {
        return CheckoutVerdict.of(new JsonMapper().readTree(availability), CONFIRMS, false);
    }

    private static void hasASentence(String text) {
        for (Language language : Language.values()) {
            assertThat(TEXTS.text(language, text))
                    .as("%s in %s", text, language)
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(CheckoutKey.class)
    void hasASentenceForEachReasonNotToLend(CheckoutKey key) {
        hasASentence(key.text());
    }

    @ParameterizedTest
    @CsvSource({
        "too_many, renew.limit",
        "too_unseen, renew.limit",
        "auto_too_late, renew.limit",
        "item_denied_renewal, renew.limit",
        "onsite_checkout, renew.limit",
        "on_reserve, renew.held",
        "recalled, renew.held",
        "booked, renew.held",
        "too_soon, renew.soon",
        "auto_too_soon, renew.soon",
        "auto_renew, renew.auto",
        "overdue, overdue.block",
        "too_much_owing, fees.block",
        "auto_too_much_owing, fees.block",
        "restriction, card.restricted",
        "card_expired, card.expired",
        "auto_account_expired, card.expired",
        "something_new, staff"
    })
    void hasASentenceForEachReasonNotToRenew(String code, String text) {
        assertThat(Reasons.renewal("Renewal not authorized (" + code + ")")).isEqualTo(text);
        hasASentence(text);
    }

    @ParameterizedTest
    @CsvSource({
        "hold_limit, hold.limit",
        "expired, card.expired",
        "card_lost, card.lost",
        "restricted, card.restricted",
        "bad_address, card.address",
        "debt_limit, fees.block",
        "tooManyReserves, hold.limit",
        "tooManyReservesToday, hold.limit",
        "tooManyHoldsForThisRecord, hold.already",
        "itemAlreadyOnHold, hold.already",
        "alreadypossession, hold.yours",
        "ageRestricted, item.age",
        "damaged, hold.copies",
        "notReservable, hold.copies",
        "noReservesAllowed, hold.copies",
        "recall, hold.copies",
        "cannotReserveFromOtherBranches, hold.copies",
        "cannotBeTransferred, hold.place",
        "libraryNotFound, hold.place",
        "libraryNotPickupLocation, hold.place",
        "pickupNotInHoldGroup, hold.place",
        "somethingNew, staff"
    })
    void hasASentenceForEachReasonNotToHold(String code, String text) {
        assertThat(Reasons.hold("Hold cannot be placed. Reason: " + code)).isEqualTo(text);
        hasASentence(text);
    }

    @Test
    void lendsWhereNothingSpeaksAgainstItAndConfirmsNoMoreThanItMay() {
        assertThat(of("{\"blockers\":{},\"confirms\":{},\"confirmation_token\":\"t\"}"))
                .isEqualTo(new Lend(Optional.empty()));
        assertThat(of("{\"blockers\":{},\"confirms\":{\"PREVISSUE\":1},\"confirmation_token\":\"t\"}"))
                .isEqualTo(new Lend(Optional.of("t")));
        assertThat(of("{\"blockers\":{\"PREVISSUE\":1},\"confirms\":{}}"))
                .isEqualTo(new Refused("staff", Set.of("PREVISSUE")));
        assertThat(of("{\"blockers\":{},\"confirms\":{\"PREVISSUE\":1,\"RESERVED\":1,\"ressurname\":\"Virtanen\"}}"))
                .isEqualTo(new Refused("item.held", Set.of("RESERVED")));
    }

    @Test
    void saysWhatItCostsWhereNothingElseSpeaksAgainstIt() {
        for (String sum : List.of("1.5", "\"1.50\"", "1.500000")) {
            assertThat(of("{\"blockers\":{},\"confirms\":{\"PREVISSUE\":1,\"RENTALCHARGE\":" + sum + "}}"))
                    .isEqualTo(new Costs(new BigDecimal("1.50")));
        }
        assertThat(of("{\"blockers\":{},\"confirms\":{\"RENTALCHARGE\":1.5,\"RESERVED\":1}}"))
                .isEqualTo(new Refused("item.held", Set.of("RENTALCHARGE", "RESERVED")));
        assertThat(of("{\"blockers\":{},\"confirms\":{\"RENTALCHARGE\":\"?\"}}"))
                .isEqualTo(new Refused("fee.acknowledge", Set.of("RENTALCHARGE")));
    }

    @Test
    void tellsTheFirstOfSeveralReasons() {
        assertThat(of("{\"blockers\":{\"TOO_MANY\":1,\"CARD_LOST\":1},\"confirms\":{\"NEW_KEY\":1}}"))
                .isEqualTo(new Refused("card.lost", Set.of("TOO_MANY", "CARD_LOST", "NEW_KEY")));
    }

    @Test
    void findsTheLoanThatStandsWhateverElseIsSaid() {
        assertThat(of("{\"blockers\":{\"CARD_LOST\":1},\"confirms\":{\"RENEW_ISSUE\":1}}"))
                .isEqualTo(new Yours());
        assertThat(CheckoutVerdict.ofRefusal("Checkout not authorized (EXPIRED NO_MORE_RENEWALS)"))
                .isEqualTo(new Yours());
    }

    @Test
    void readsARefusalWithoutReasonsAsAMatterForStaff() {
        assertThat(CheckoutVerdict.ofRefusal("Authorization failure. Missing required permission(s)."))
                .isEqualTo(new Refused("staff", Set.of()));
        assertThat(CheckoutVerdict.ofRefusal("")).isEqualTo(new Refused("staff", Set.of()));
    }
}

package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.wire.CodedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 23 and 63: who a patron is, and how it stands. */
public interface PatronContract extends Case {
    /** The position of summary with which FOLIO's edge-sip2 asks for fees. */
    String EACH_FEE = "      Y   ";

    @Test
    default void knowsAPatronWithTheRightPin() {
        PatronInformationResponse patron = who();
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.validPatronPassword()).contains(true);
        assertThat(patron.personalName()).contains(Library.FAMILY_NAME);
        assertThat(patron.patronIdentifier()).isEqualTo(card());
        assertThat(patron.patronStatus().flags()).isEmpty();
        assertThat(patron.screenMessages()).isEmpty();
    }

    @Test
    default void saysTheSameInA24() {
        PatronStatusResponse patron = status();
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.validPatronPassword()).contains(true);
        assertThat(patron.personalName()).contains(Library.FAMILY_NAME);
        assertThat(patron.patronStatus().flags()).isEmpty();
    }

    /** Blanks around a number are a scanner's. */
    @Test
    default void knowsACardWithBlanksAroundIt() {
        PatronInformationResponse patron =
                say(PatronInformationResponse.class, "63000{now}          AO{AO}|AA {card}  |AC|AD{pin}|");
        assertThat(patron.identified()).isTrue();
    }

    /** Neither a part of a number nor what is a wildcard somewhere is a card; "contains" would find several. */
    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_CARD, "29", "%", "*", "29%", "29*", "2900000000001", "\"", "' OR '1'='1"})
    default void doesNotKnowACardThatIsNone(String unknown) {
        PatronInformationResponse patron =
                say(PatronInformationResponse.class, "63000{now}  Y       AO{AO}|AA" + unknown + "|AC|AD{pin}|");
        assertThat(patron.validPatron()).contains(false);
        assertThat(patron.personalName()).isEmpty();
        assertThat(patron.items()).isEmpty();
        assertThat(patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        explained(patron.screenMessages());
    }

    @Test
    default void doesNotKnowACardThatIsNoneIn23Either() {
        PatronStatusResponse patron =
                say(PatronStatusResponse.class, "23000{now}AO{AO}|AA" + Machine.NO_CARD + "|AC|AD{pin}|");
        assertThat(patron.validPatron()).contains(false);
        assertThat(patron.personalName()).isEmpty();
        explained(patron.screenMessages());
    }

    @Test
    default void speaksThePatronsLanguage() {
        List<String> said = Stream.of("007", "006", "001")
                .map(language -> say(
                                PatronInformationResponse.class,
                                "63" + language + "{now}          AO{AO}|AA" + Machine.NO_CARD + "|AC|AD{pin}|")
                        .screenMessages()
                        .getFirst())
                .toList();
        assertThat(said).doesNotHaveDuplicates();
    }

    // ---- what is denied ----------------------------------------------------------------------------------

    @Test
    default void saysThatAPatronMayNotBorrow() {
        library().block(card());
        assertThat(who().patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        assertThat(status().patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        explained(who().screenMessages());
    }

    @Test
    default void saysThatACardHasExpired() {
        library().expire(card());
        PatronInformationResponse patron = who();
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        assertThat(patron.patronStatus().has(Flag.RENEWAL_PRIVILEGES_DENIED)).isTrue();
        explained(patron.screenMessages());
    }

    @Test
    default void saysThatACardIsLost() {
        library().lose(card());
        PatronInformationResponse patron = who();
        assertThat(patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        assertThat(patron.patronStatus().has(Flag.CARD_REPORTED_LOST)).isEqualTo(can(Ability.KNOWS_LOST_CARDS));
        explained(patron.screenMessages());
    }

    @Test
    default void saysThatTooMuchIsOwed() {
        library().owe(card(), "500.00");
        PatronInformationResponse patron = who();
        assertThat(patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        assertThat(patron.patronStatus().has(Flag.EXCESSIVE_OUTSTANDING_FEES)).isTrue();
        explained(patron.screenMessages());
    }

    @Test
    default void saysHowManyLoansAreAllowed() {
        PatronInformationResponse patron = who();
        assertThat(patron.chargedItemsLimit().isPresent()).isEqualTo(can(Ability.TELLS_LIMITS));
        assertThat(patron.holdItemsLimit().isPresent()).isEqualTo(can(Ability.TELLS_LIMITS));
    }

    /** PB: doors ask for it, and the rim of a session drops it for all others. */
    @Test
    default void saysHowOldAPatronIs() {
        assertThat(who().extras().stream().map(CodedField::code).toList().contains("PB"))
                .isEqualTo(can(Ability.TELLS_AGE));
    }

    // ---- lists -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(ItemList.class)
    default void listsNothingOfWhoHasNothing(ItemList list) {
        PatronInformationResponse patron = who(ItemList.summary(Optional.of(list)));
        assertThat(patron.identified()).isTrue();
        assertThat(patron.items()).isEmpty();
        assertThat(patron.counts().values()).allMatch(count -> count == 0);
    }

    @Test
    default void listsLoansAndCountsThem() {
        library().lend(item(), card());
        PatronInformationResponse patron = who("  Y       ");
        assertThat(patron.counts()).containsEntry(ItemList.CHARGED, 1).containsEntry(ItemList.OVERDUE, 0);
        assertThat(patron.items()).containsEntry(ItemList.CHARGED, List.of(item()));
    }

    @Test
    default void listsWhatIsOverdue() {
        library().lendLongAgo(item(), card());
        PatronInformationResponse patron = who(" Y        ");
        assertThat(patron.counts()).containsEntry(ItemList.OVERDUE, 1).containsEntry(ItemList.CHARGED, 1);
        assertThat(patron.items()).containsEntry(ItemList.OVERDUE, List.of(item()));
    }

    @Test
    default void listsHoldsThatWait() {
        library().lend(item(), other());
        library().want(item(), card(), true);
        PatronInformationResponse patron = who("     Y    ");
        assertThat(patron.counts()).containsEntry(ItemList.UNAVAILABLE_HOLDS, 1).containsEntry(ItemList.HOLD, 0);
        assertThat(patron.items().get(ItemList.UNAVAILABLE_HOLDS)).hasSize(1);
    }

    @Test
    default void listsHoldsThatAreReady() {
        library().ready(item(), card());
        PatronInformationResponse patron = who("Y         ");
        assertThat(patron.counts()).containsEntry(ItemList.HOLD, 1).containsEntry(ItemList.UNAVAILABLE_HOLDS, 0);
        assertThat(patron.items()).containsEntry(ItemList.HOLD, List.of(item()));
    }

    @Test
    default void listsOnlyTheListThatIsAskedFor() {
        library().lend(item(), card());
        library().ready(machine().thing(), card());
        assertThat(who("  Y       ").items().keySet()).containsExactly(ItemList.CHARGED);
        assertThat(who().items()).isEmpty();
    }

    @Test
    default void saysWhatIsOwed() {
        library().owe(card(), "7.30");
        PatronInformationResponse patron = who("   Y      ");
        assertThat(patron.feeAmount())
                .hasValueSatisfying(owed -> assertThat(owed).isEqualByComparingTo("7.30"));
        assertThat(patron.counts()).containsEntry(ItemList.FINE, 1);
        assertThat(patron.items().get(ItemList.FINE)).hasSize(1);
        assertThat(patron.patronStatus().flags()).isEmpty();
        assertThat(status().feeAmount())
                .hasValueSatisfying(owed -> assertThat(owed).isEqualByComparingTo("7.30"));
    }

    @Test
    default void saysEachFeeWithTheNumberByWhichItIsPaid() {
        String fee = library().owe(card(), "7.30");
        List<String> numbers = who(EACH_FEE).extras().stream()
                .filter(field -> field.code().equals("CG"))
                .map(field -> field instanceof CodedField.Text text ? text.value() : "")
                .toList();
        assertThat(numbers).isEqualTo(can(Ability.TELLS_EACH_FEE) ? List.of(fee) : List.of());
    }

    @Test
    default void givesAPartOfALongList() {
        List<String> lent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String number = machine().thing();
            library().lend(number, card());
            lent.add(number);
        }
        List<String> all = who("  Y       ").items().getOrDefault(ItemList.CHARGED, List.of());
        assertThat(all).containsExactlyInAnyOrderElementsOf(lent);
        PatronInformationResponse part = who("  Y       ", "BP3|BQ5|");
        assertThat(part.items()).containsEntry(ItemList.CHARGED, all.subList(2, 5));
        assertThat(part.counts()).containsEntry(ItemList.CHARGED, 7);
    }

    @Test
    default void givesNothingBeyondTheEndOfAList() {
        library().lend(item(), card());
        PatronInformationResponse patron = who("  Y       ", "BP2|BQ9|");
        assertThat(patron.items()).isEmpty();
        assertThat(patron.counts()).containsEntry(ItemList.CHARGED, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BP|BQ|", "BPx|BQy|", "BP0|BQ99999|", "BP-1|"})
    default void givesTheWholeListWhereThePartIsNone(String part) {
        library().lend(item(), card());
        assertThat(who("  Y       ", part).items()).containsEntry(ItemList.CHARGED, List.of(item()));
    }
}

package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.refused;
import static fi.kimppa.gateway.backend.Case.wire;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AD: what a PIN opens, what a wrong one does not, and that an empty one is none. */
public interface PinContract extends Case {
    @ParameterizedTest
    @ValueSource(strings = {"0000", "47110", "471", "xyz", "4711 OR 1=1", "*", "%"})
    default void doesNotTakeAWrongPin(String wrong) {
        PatronInformationResponse patron =
                say(PatronInformationResponse.class, "63000{now}          AO{AO}|AA{card}|AC|AD" + wrong + "|");
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.validPatronPassword()).contains(false);
    }

    @Test
    default void saysNothingOfThePatronToAWrongPin() {
        library().lend(item(), card());
        library().owe(card(), "7.30");
        PatronInformationResponse patron =
                say(PatronInformationResponse.class, "63000{now}  Y       AO{AO}|AA{card}|AC|AD0000|");
        assertThat(patron.personalName()).isEmpty();
        assertThat(patron.items()).isEmpty();
        assertThat(patron.counts()).isEmpty();
        assertThat(patron.feeAmount()).isEmpty();
        assertThat(patron.extras()).isEmpty();
        assertThat(wire(patron)).doesNotContain(Library.FAMILY_NAME, item());
    }

    @Test
    default void saysNothingOfThePatronToAWrongPinIn23Either() {
        library().owe(card(), "7.30");
        PatronStatusResponse patron = say(PatronStatusResponse.class, "23000{now}AO{AO}|AA{card}|AC|AD0000|");
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.validPatronPassword()).contains(false);
        assertThat(patron.personalName()).isEmpty();
        assertThat(patron.feeAmount()).isEmpty();
    }

    /** So that nobody finds out by machine which cards there are. */
    @Test
    default void tellsAnUnknownCardAndAWrongPinInTheSameWords() {
        List<String> wrong = say(PatronInformationResponse.class, "63000{now}          AO{AO}|AA{card}|AC|AD0000|")
                .screenMessages();
        List<String> unknown = say(
                        PatronInformationResponse.class,
                        "63000{now}          AO{AO}|AA" + Machine.NO_CARD + "|AC|AD0000|")
                .screenMessages();
        assertThat(wrong).isEqualTo(unknown).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AD|", ""})
    default void doesNotTakeAnEmptyPinForARightOne(String field) {
        PatronInformationResponse patron =
                say(PatronInformationResponse.class, "63000{now}          AO{AO}|AA{card}|AC|" + field);
        assertThat(patron.validPatron()).contains(true);
        assertThat(patron.validPatronPassword()).isNotEqualTo(Optional.of(true));
        assertThat(patron.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isFalse();
    }

    /** Machines without a keypad send one with every message, and would lock the card. */
    @Test
    default void countsNoEmptyPinAsATry() {
        for (int i = 0; i < 8; i++) {
            say(PatronStatusResponse.class, "23000{now}AO{AO}|AA{card}|AC|AD|");
        }
        assertThat(who().identified()).isTrue();
    }

    @Test
    default void takesTheRightPinAfterAWrongOne() {
        say(PatronStatusResponse.class, "23000{now}AO{AO}|AA{card}|AC|AD0000|");
        assertThat(status().validPatronPassword()).contains(true);
    }

    // ---- changes -----------------------------------------------------------------------------------------

    @Test
    default void lendsNothingForAWrongPin() {
        refused(say(CheckoutResponse.class, "11YN{now}{now}AO{AO}|AA{card}|AB{item}|AC|AD0000|"));
        assertThat(library().borrower(item())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AD|", ""})
    default void lendsWhereNobodyAskedForAPin(String field) {
        assertThat(say(CheckoutResponse.class, "11NN{now}{now}AO{AO}|AA{card}|AB{item}|AC|" + field)
                        .ok())
                .isTrue();
        assertThat(library().borrower(item())).contains(card());
    }

    @Test
    default void renewsNothingForAWrongPin() {
        library().lend(item(), card());
        Optional<String> due = what().dueDate();
        refused(say(RenewResponse.class, "29NN{now}{now}AO{AO}|AA{card}|AD0000|AB{item}|"));
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void renewsNotAllForAWrongPin() {
        library().lend(item(), card());
        Optional<String> due = what().dueDate();
        RenewAllResponse all = say(RenewAllResponse.class, "65{now}AO{AO}|AA{card}|AD0000|AC|");
        assertThat(all.ok()).isFalse();
        assertThat(all.renewedItems()).isEmpty();
        assertThat(all.unrenewedItems()).isEmpty();
        assertThat(what().dueDate()).isEqualTo(due);
    }

    @Test
    default void placesNoHoldForAWrongPin() {
        library().lend(item(), other());
        refused(say(HoldResponse.class, "15+{now}AO{AO}|AA{card}|AD0000|BS{AP}|AB{item}|AC|"));
        assertThat(library().holds(card())).isZero();
    }

    @Test
    default void deletesNoHoldForAWrongPin() {
        library().lend(item(), other());
        library().want(item(), card(), true);
        refused(say(HoldResponse.class, "15-{now}AO{AO}|AA{card}|AD0000|AB{item}|AC|"));
        assertThat(library().holds(card())).isOne();
    }

    @Test
    default void booksNothingForAWrongPin() {
        library().owe(card(), "5.00");
        refused(say(FeePaidResponse.class, "37{now}0100EURBV5.00|AO{AO}|AA{card}|AC|AD0000|"));
        assertThat(library().debt(card())).isEqualByComparingTo("5.00");
    }
}

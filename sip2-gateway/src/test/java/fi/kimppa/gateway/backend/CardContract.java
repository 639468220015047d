package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 01, 25, 19 and 35: cards that a machine blocks, what it says of things, and the end of a visit. */
public interface CardContract extends Case {
    private PatronStatusResponse blockIt(String whose) {
        return say(PatronStatusResponse.class, "01N{now}AO{AO}|ALtried too often|AA" + whose + "|AC|");
    }

    private PatronEnableResponse enableIt(String whose, String pin) {
        return say(PatronEnableResponse.class, "25{now}AO{AO}|AA" + whose + "|AC|AD" + pin + "|");
    }

    private boolean denied() {
        return who().patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED);
    }

    // ---- 01, 25 ------------------------------------------------------------------------------------------

    @Test
    default void blocksACardOrSaysThatItCannot() {
        PatronStatusResponse answer = blockIt(card());
        assertThat(answer.validPatron()).contains(can(Ability.BLOCKS_CARDS));
        assertThat(answer.personalName()).isEmpty();
        explained(answer.screenMessages());
        assertThat(denied()).isEqualTo(can(Ability.BLOCKS_CARDS));
        assertThat(out().ok()).isEqualTo(!can(Ability.BLOCKS_CARDS));
    }

    @Test
    default void enablesACardThatAMachineHasBlockedOrSaysThatItCannot() {
        blockIt(card());
        PatronEnableResponse enabled = enableIt(card(), Machine.PIN);
        assertThat(enabled.validPatron()).contains(can(Ability.BLOCKS_CARDS));
        assertThat(enabled.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isEqualTo(!can(Ability.BLOCKS_CARDS));
        assertThat(denied()).isFalse();
        assertThat(out().ok()).isTrue();
    }

    @Test
    default void enablesNothingForAWrongPin() {
        blockIt(card());
        PatronEnableResponse answer = enableIt(card(), "0000");
        assertThat(answer.personalName()).isEmpty();
        assertThat(answer.patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED)).isTrue();
        explained(answer.screenMessages());
        assertThat(denied()).isEqualTo(can(Ability.BLOCKS_CARDS));
    }

    @Test
    default void enablesNothingThatTheStaffHaveTaken() {
        library().lose(card());
        assertThat(enableIt(card(), Machine.PIN).patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED))
                .isTrue();
        assertThat(denied()).isTrue();
    }

    @Test
    default void blocksAndEnablesTwiceWithoutHarm() {
        blockIt(card());
        blockIt(card());
        enableIt(card(), Machine.PIN);
        assertThat(denied()).isFalse();
        enableIt(card(), Machine.PIN);
        assertThat(denied()).isFalse();
    }

    @Test
    default void blocksAndEnablesNobody() {
        assertThat(blockIt(Machine.NO_CARD).validPatron()).contains(false);
        assertThat(enableIt(Machine.NO_CARD, Machine.PIN).validPatron()).contains(false);
    }

    // ---- 19 ----------------------------------------------------------------------------------------------

    private ItemStatusUpdateResponse describe(String number, String properties) {
        return say(ItemStatusUpdateResponse.class, "19{now}AO{AO}|AB" + number + "|AC|CH" + properties + "|");
    }

    @Test
    default void keepsWhatAMachineSaysOfAThingOrSaysThatItCannot() {
        ItemStatusUpdateResponse answer = describe(item(), "cover=torn");
        assertThat(answer.itemPropertiesOk()).isEqualTo(can(Ability.KEEPS_PROPERTIES));
        assertThat(answer.itemIdentifier()).isEqualTo(item());
        assertThat(what().itemProperties().orElse("").contains("cover=torn")).isEqualTo(can(Ability.KEEPS_PROPERTIES));
    }

    @Test
    default void keepsTheLastOfWhatAMachineSays() {
        describe(item(), "cover=torn");
        describe(item(), "cover=mended");
        assertThat(what().itemProperties().orElse("")).doesNotContain("torn");
    }

    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_ITEM, "%", "*"})
    default void keepsNothingOfAThingThatNobodyKnows(String number) {
        assertThat(describe(number, "cover=torn").itemPropertiesOk()).isFalse();
    }

    // ---- 35 ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"{card}", Machine.NO_CARD, "", "%"})
    default void endsASession(String whose) {
        EndSessionResponse ended = say(EndSessionResponse.class, "35{now}AO{AO}|AA" + whose + "|AC|");
        assertThat(ended.endSession()).isTrue();
        assertThat(ended.patronIdentifier()).isEqualTo(whose.replace("{card}", card()));
    }

    /** Nobody needs a PIN to leave, and no loan depends on it. */
    @Test
    default void endsASessionAfterALoan() {
        CheckoutResponse lent = out();
        assertThat(say(EndSessionResponse.class, "35{now}AO{AO}|AA{card}|AC|AD0000|")
                        .endSession())
                .isTrue();
        assertThat(lent.ok()).isTrue();
        assertThat(library().borrower(item())).contains(card());
    }
}

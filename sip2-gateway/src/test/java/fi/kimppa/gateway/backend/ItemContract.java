package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static fi.kimppa.gateway.backend.Case.wire;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 17: what a thing is and where it stands; nothing about people. */
public interface ItemContract extends Case {
    @Test
    default void knowsAThingThatStandsOnTheShelf() {
        ItemInformationResponse thing = what();
        assertThat(thing.circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE);
        assertThat(thing.titleIdentifier()).isEqualTo(title());
        assertThat(thing.itemIdentifier()).isEqualTo(item());
        assertThat(thing.dueDate()).isEmpty();
        assertThat(thing.holdQueueLength()).contains("0");
    }

    @Test
    default void saysThatAThingIsLentAndUntilWhen() {
        library().lend(item(), card());
        ItemInformationResponse thing = what();
        assertThat(thing.circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
        assertThat(thing.dueDate()).hasValueSatisfying(due -> assertThat(due).matches("\\d{8}    \\d{6}"));
    }

    /** Neither a part of a number nor what is a wildcard somewhere is a thing; "contains" would find several. */
    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_ITEM, "%", "*", "39", "\"", "39%", "39*", "' OR '1'='1"})
    default void doesNotKnowAThingThatIsNone(String unknown) {
        ItemInformationResponse thing = what(unknown);
        assertThat(thing.titleIdentifier()).isBlank();
        assertThat(thing.itemIdentifier()).isEqualTo(unknown);
        assertThat(thing.circulationStatus()).isEqualTo(CirculationStatus.OTHER);
        explained(thing.screenMessages());
    }

    @Test
    default void saysThatAThingStandsOnTheHoldShelf() {
        library().ready(item(), card());
        ItemInformationResponse thing = what();
        assertThat(thing.circulationStatus()).isEqualTo(CirculationStatus.WAITING_ON_HOLD_SHELF);
        assertThat(thing.holdQueueLength()).contains("1");
    }

    @Test
    default void saysThatAThingTravelsToWhoWaitsForIt() {
        library().lend(item(), card());
        library().want(item(), other(), false);
        in();
        assertThat(what().circulationStatus()).isEqualTo(CirculationStatus.IN_TRANSIT);
    }

    @Test
    default void saysThatAThingTravelsHome() {
        String far = machine().thingOfElsewhere();
        library().lend(far, card());
        in(far);
        assertThat(what(far).circulationStatus() == CirculationStatus.IN_TRANSIT)
                .isEqualTo(can(Ability.TELLS_TRANSIT));
    }

    @Test
    default void saysHowManyWaitForAThing() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        assertThat(what().holdQueueLength()).contains("1");
        assertThat(what().circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
    }

    @Test
    default void saysWhereAThingIsAtHome() {
        boolean told =
                what().permanentLocation().equals(Optional.of(library().here().branchCode()));
        assertThat(told).isEqualTo(can(Ability.TELLS_HOME));
    }

    @Test
    default void saysWhatMayBeUsedInTheHouseOnly() {
        library().forTheHouseOnly(item());
        assertThat(what().itemProperties().orElse("").contains("loan=no"))
                .isEqualTo(can(Ability.TELLS_WHAT_IS_NOT_LENT));
    }

    @Test
    default void saysNothingOfWhoHasAThing() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        assertThat(wire(what())).doesNotContain(card(), other(), Library.FAMILY_NAME);
    }
}

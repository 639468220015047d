package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemList;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 09: a thing is back, and where it goes. */
public interface ReturnContract extends Case {
    @Test
    default void takesBack() {
        library().lend(item(), card());
        CheckinResponse back = in();
        assertThat(back.ok()).isTrue();
        assertThat(back.alert()).isFalse();
        assertThat(back.alertType()).isEmpty();
        assertThat(back.destinationLocation().filter(branch -> !branch.isBlank()))
                .isEmpty();
        assertThat(back.itemIdentifier()).isEqualTo(item());
        assertThat(back.titleIdentifier()).contains(title());
        assertThat(back.itemProperties()).isNotEqualTo(Optional.of(CirculationBackend.NOT_ON_LOAN));
        assertThat(library().borrower(item())).isEmpty();
    }

    /** So that the rim may sort by AQ alone. */
    @Test
    default void saysWhereWhatCameBackIsAtHome() {
        library().lend(item(), card());
        assertThat(in().permanentLocation().equals(library().here().branchCode()))
                .isEqualTo(can(Ability.TELLS_HOME));
    }

    @Test
    default void takesBackTwiceWithoutHarm() {
        library().lend(item(), card());
        in();
        in();
        assertThat(library().borrower(item())).isEmpty();
        assertThat(library().debt(card())).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(who().counts()).containsEntry(ItemList.CHARGED, 0);
    }

    @Test
    default void takesWhatWasNotOnLoanOrSaysThatItWasNot() {
        CheckinResponse back = in();
        assertThat(back.ok()).isEqualTo(can(Ability.TAKES_WHAT_IS_NOT_LENT));
        assertThat(back.itemProperties()
                        .filter(CirculationBackend.NOT_ON_LOAN::equals)
                        .isPresent())
                .isEqualTo(back.ok());
        assertThat(library().borrower(item())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Machine.NO_ITEM, "%", "*", "39"})
    default void takesNothingBackThatNobodyKnows(String number) {
        CheckinResponse answer = in(number);
        assertThat(answer.ok()).isFalse();
        assertThat(answer.alertType()).contains(AlertType.OTHER);
        explained(answer.screenMessages());
    }

    // ---- where it goes -----------------------------------------------------------------------------------

    /** CV, one by one. No system that is met here lends between libraries or says that it does not know why. */
    @ParameterizedTest
    @EnumSource(AlertType.class)
    default void saysWhyAThingNeedsAttention(AlertType type) {
        CheckinResponse back = switch (type) {
            case HOLD_HERE -> {
                library().lend(item(), card());
                library().want(item(), other(), true);
                yield in();
            }
            case HOLD_ELSEWHERE -> {
                library().lend(item(), card());
                library().want(item(), other(), false);
                yield in();
            }
            case SEND_ELSEWHERE -> {
                String far = machine().thingOfElsewhere();
                library().lend(far, card());
                yield in(far);
            }
            case OTHER -> in(Machine.NO_ITEM);
            case HOLD_ILL, UNKNOWN -> {
                library().lend(item(), card());
                yield in();
            }
        };
        boolean said = type != AlertType.HOLD_ILL
                && type != AlertType.UNKNOWN
                && (type != AlertType.SEND_ELSEWHERE || can(Ability.SENDS_HOME));
        assertThat(back.alertType()).isEqualTo(said ? Optional.of(type) : Optional.empty());
        assertThat(back.alert()).isEqualTo(said);
    }

    @Test
    default void keepsAThingForWhoWaitsHere() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        CheckinResponse back = in();
        assertThat(back.ok()).isTrue();
        assertThat(library().borrower(item())).isEmpty();
        assertThat(back.destinationLocation().orElse(library().here().branchCode()))
                .isIn("", library().here().branchCode());
    }

    @Test
    default void sendsAThingToWhoWaitsElsewhere() {
        library().lend(item(), card());
        library().want(item(), other(), false);
        CheckinResponse back = in();
        assertThat(back.ok()).isTrue();
        assertThat(back.destinationLocation()).contains(library().elsewhere());
    }

    @Test
    default void sendsAThingHome() {
        String far = machine().thingOfElsewhere();
        library().lend(far, card());
        CheckinResponse back = in(far);
        assertThat(back.ok()).isTrue();
        if (can(Ability.SENDS_HOME)) {
            assertThat(back.destinationLocation()).contains(library().elsewhere());
        } else {
            assertThat(back.destinationLocation()).isEmpty();
            assertThat(back.permanentLocation()).isEqualTo(library().elsewhere());
        }
        assertThat(library().borrower(far)).isEmpty();
    }

    @Test
    default void keepsAThingOfElsewhereForWhoWaitsHere() {
        String far = machine().thingOfElsewhere();
        library().lend(far, card());
        library().want(far, other(), true);
        assertThat(in(far).alertType()).contains(AlertType.HOLD_HERE);
    }

    /** The same answer, so that a repeat after a lost one sorts the thing as the first did. */
    @Test
    default void saysASecondTimeThatSomebodyWaits() {
        library().lend(item(), card());
        library().want(item(), other(), true);
        in();
        assertThat(in().alertType()).contains(AlertType.HOLD_HERE);
        assertThat(library().holds(other())).isOne();
    }

    // ---- off-line ----------------------------------------------------------------------------------------

    private CheckinResponse replay(int hours) {
        return looked(say(
                CheckinResponse.class, "09Y{now}" + machine().hoursAgo(hours).text() + "AP{AP}|AO{AO}|AB{item}|AC|"));
    }

    @Test
    default void takesBackWhatWasReturnedWhileNobodyListened() {
        library().lend(item(), card());
        assertThat(replay(3).ok()).isTrue();
        assertThat(library().borrower(item())).isEmpty();
    }

    /** Whatever day the library system writes for the loan. */
    @Test
    default void takesBackWhatWasLentAndReturnedWhileNobodyListened() {
        assertThat(say(
                                CheckoutResponse.class,
                                "11NY" + machine().hoursAgo(5).text()
                                        + machine().hoursAgo(-336).text() + "AO{AO}|AA{card}|AB{item}|AC|")
                        .ok())
                .isTrue();
        assertThat(library().borrower(item())).isPresent();
        assertThat(replay(3).ok()).isTrue();
        assertThat(library().borrower(item())).isEmpty();
    }

    @Test
    default void keepsALoanThatIsYoungerThanAReturnThatWaited() {
        out();
        replay(30);
        assertThat(library().borrower(item()).isPresent()).isEqualTo(can(Ability.KEEPS_YOUNGER_LOANS));
    }
}

package fi.kimppa.gateway.routing;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.routing.RoutingRule.Problem;
import fi.kimppa.gateway.routing.RoutingTable.Never;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consortium's rules in the database: changed, written down, and seen by every gateway. */
class RoutingRulesTest {
    private static final Outcome STAYS = new Outcome(Destination.STAY, Alert.NONE, Optional.empty(), SlipText.FLOATS);

    private static BackHalf house;
    private static RoutingRules rules;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        rules = house.bean(RoutingRules.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void noRules() {
        own().forEach(rule -> rules.remove(rule.id(), "cleaner"));
        house.jdbc().sql("delete from setting_changes").update();
    }

    private static List<RoutingRule> own() {
        return rules.table().rules().stream().filter(rule -> !rule.isStandard()).toList();
    }

    private static RoutingRule rule(long id, String owner, Outcome outcome) {
        return new RoutingRule(
                id,
                Situation.BELONGS_ELSEWHERE,
                Optional.of(owner).filter(code -> !code.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                outcome);
    }

    private static List<String> owners() {
        return own().stream().map(rule -> rule.owner().orElse("-")).toList();
    }

    private static List<SettingChange> changes() {
        return house.bean(Settings.class).changes(Optional.of(Scope.CONSORTIUM), 20);
    }

    @Test
    void aNewRuleComesLastInItsSituationAndHoldsAtOnce() {
        assertThat(rules.add(rule(0, "LIETO", STAYS), "anna")).isEmpty();
        assertThat(rules.add(rule(0, "TURKU", STAYS), "anna")).isEmpty();
        assertThat(owners()).containsExactly("LIETO", "TURKU");
        assertThat(changes()).hasSize(2).first().satisfies(change -> {
            assertThat(change.who()).isEqualTo("anna");
            assertThat(change.key()).startsWith("routing.rule ");
            assertThat(change.before()).isEmpty();
            assertThat(change.after()).contains("2. BELONGS_ELSEWHERE owner=TURKU -> STAY, NONE, FLOATS");
        });
    }

    @Test
    void rulesMoveAmongTheirOwnAndNoFurtherThanToTheEnds() {
        for (String owner : List.of("LIETO", "TURKU", "KAARINA")) {
            rules.add(rule(0, owner, STAYS), "anna");
        }
        rules.move(own().getLast().id(), true, "anna");
        assertThat(owners()).containsExactly("LIETO", "KAARINA", "TURKU");
        rules.move(own().getFirst().id(), true, "anna");
        rules.move(own().getLast().id(), false, "anna");
        assertThat(owners()).containsExactly("LIETO", "KAARINA", "TURKU");
        rules.move(own().getFirst().id(), false, "anna");
        assertThat(owners()).containsExactly("KAARINA", "LIETO", "TURKU");
        assertThat(changes().stream().filter(change -> change.before().isPresent()))
                .as("a move that moves nothing is no change")
                .hasSize(2);
    }

    @Test
    void aRuleIsChangedInItsPlaceAndGoesBehindTheOthersInAnotherSituation() {
        rules.add(rule(0, "LIETO", STAYS), "anna");
        rules.add(rule(0, "TURKU", STAYS), "anna");
        long first = own().getFirst().id();
        assertThat(rules.change(rule(first, "RAISIO", STAYS), "anna")).isEmpty();
        assertThat(owners()).containsExactly("RAISIO", "TURKU");
        int before = changes().size();
        assertThat(rules.change(rule(first, "RAISIO", STAYS), "anna")).isEmpty();
        assertThat(changes()).as("what is so already is no change").hasSize(before);

        RoutingRule floating = new RoutingRule(
                first,
                Situation.FLOATS,
                Optional.empty(),
                Optional.empty(),
                Optional.of("TURKU"),
                Optional.of("Local"),
                Optional.of("001"),
                new Outcome(Destination.to("LIETO"), Alert.SEND_ELSEWHERE, Optional.of("7"), SlipText.TRANSPORT));
        assertThat(rules.change(floating, "anna")).isEmpty();
        assertThat(own()).first().isEqualTo(floating);
        assertThat(changes().getFirst().after())
                .contains("1. FLOATS serving=TURKU collection=Local media_type=001"
                        + " -> BRANCH LIETO, SEND_ELSEWHERE, bin 7, TRANSPORT");
    }

    @Test
    void whatCannotBeChangesNothing() {
        Outcome nowhere = new Outcome(Destination.TOLD, Alert.NONE, Optional.empty(), SlipText.NONE);
        Outcome far = new Outcome(Destination.to("FAR"), Alert.NONE, Optional.empty(), SlipText.NONE);
        assertThat(rules.add(rule(0, "", nowhere), "anna")).contains(Problem.DESTINATION);
        assertThat(rules.add(rule(0, "", far), "anna")).contains(Problem.PLACE);
        assertThat(rules.add(rule(0, "NOWHERE", STAYS), "anna")).contains(Problem.PLACE);
        assertThat(rules.change(rule(4_711, "TURKU", STAYS), "anna")).contains(Problem.GONE);
        assertThat(own()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void aRuleThatIsTakenAwayIsWrittenDownOnce() {
        rules.add(rule(0, "LIETO", STAYS), "anna");
        long id = own().getFirst().id();
        rules.remove(id, "bo");
        rules.remove(id, "bo");
        assertThat(own()).isEmpty();
        assertThat(changes()).hasSize(2).first().satisfies(change -> {
            assertThat(change.who()).isEqualTo("bo");
            assertThat(change.after()).isEmpty();
        });
    }

    @Test
    void aRuleThatNeverHoldsIsPointedOut() {
        rules.add(rule(0, "", STAYS), "anna");
        rules.add(rule(0, "LIETO", STAYS), "anna");
        RoutingTable table = rules.table();
        RoutingRule wide = own().getFirst();
        assertThat(rules.never(table, wide)).isEmpty();
        assertThat(rules.never(table, own().getLast())).contains(new Never.Covered(wide));
    }

    @Test
    void everyGatewaySeesAChange() {
        try (BackHalf other = BackHalf.on(house.database())) {
            RoutingRules there = other.bean(RoutingRules.class);
            assertThat(there.table().rules()).allMatch(RoutingRule::isStandard);
            rules.add(rule(0, "LIETO", STAYS), "anna");
            await(() -> there.table().rules().equals(rules.table().rules()));
        }
    }

    @Test
    void aRowOfALaterVersionIsPassedOver() {
        rules.add(rule(0, "LIETO", STAYS), "anna");
        house.jdbc().sql("update routing_rules set situation = 'TELEPORTED'").update();
        rules.add(rule(0, "TURKU", STAYS), "anna");
        assertThat(owners()).containsExactly("TURKU");
        house.jdbc()
                .sql("delete from routing_rules where situation = 'TELEPORTED'")
                .update();
    }
}

package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.routing.Alert;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.Outcome;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.gateway.routing.SlipText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 09 in, 10 out, on a socket, with PostgreSQL behind it: what the consortium's rules put into CT, CV, CL, AF and AG. */
class ReturnsOverTheWireTest extends GatewayTest {
    private static final AtomicInteger SECONDS = new AtomicInteger();
    private static final Pattern CODED = Pattern.compile("(?:^|\\|)([A-Z]{2})([^|]*)");
    private static final String NOBODYS = "3888888888";

    @Autowired
    Sip2Server server;

    @Autowired
    RoutingRules rules;

    @Autowired
    Settings settings;

    @Autowired
    JdbcClient jdbc;

    /** Items of the demonstration that nobody waits for, one of Naantali and one of Turku. */
    private String naantalis = "";

    private String turkus = "";

    @BeforeEach
    void items() {
        naantalis = item("NAANTALI");
        turkus = item("TURKU");
    }

    private String item(String branch) {
        return jdbc.sql("""
                        select number from items i
                         where number >= '3000100000' and home_branch = :branch and current_branch = :branch
                           and for_loan and destination is null
                           and not exists (select from loans l where l.item = i.number)
                           and not exists (select from holds h where h.title_id = i.title_id)
                         order by number desc limit 1
                        """).param("branch", branch).query(String.class).single();
    }

    @AfterEach
    void asBefore() {
        rules.table().rules().stream()
                .filter(rule -> !rule.isStandard())
                .forEach(rule -> rules.remove(rule.id(), "cleaner"));
        settings.change(Scope.branch("TURKU"), "returns.no-owner", Optional.empty(), "cleaner");
        jdbc.sql("delete from journal where item in (:one, :other, :nobodys)")
                .param("one", naantalis)
                .param("other", turkus)
                .param("nobodys", NOBODYS)
                .update();
        jdbc.sql("update items set current_branch = home_branch, destination = null, collection = ''"
                        + " where number in (:one, :other)")
                .param("one", naantalis)
                .param("other", turkus)
                .update();
        jdbc.sql("delete from transits where item in (:one, :other)")
                .param("one", naantalis)
                .param("other", turkus)
                .update();
    }

    private void rule(Situation situation, Optional<String> collection, Outcome outcome) {
        assertThat(rules.add(
                        new RoutingRule(
                                0,
                                situation,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                collection,
                                Optional.empty(),
                                outcome),
                        "anna"))
                .isEmpty();
    }

    private Map<String, String> bringBack(String item) throws IOException {
        String date = "20261124    19%02d%02d".formatted(20 + SECONDS.get() / 60, SECONDS.getAndIncrement() % 60);
        try (Peer peer = new Peer(server.plainPort().orElseThrow())) {
            assertThat(peer.ask("9300CNkiosk-turku|COdemo-kiosk-turku|CPTURKU|"))
                    .isEqualTo("941");
            String answer = peer.ask("09N" + date + date + "APTURKU|AOTURKU|AB" + item + "|AC|");
            assertThat(answer).startsWith("10");
            return fields(answer);
        }
    }

    /** The coded fields, and the first six characters, which are the fixed ones without the date, as {@code fixed}. */
    private static Map<String, String> fields(String answer) {
        Map<String, String> fields = new HashMap<>(Map.of("fixed", answer.substring(0, 6)));
        Matcher matcher = CODED.matcher(answer.substring(24));
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    @Test
    void withoutRulesAThingOfAnotherMunicipalityGoesHome() throws IOException {
        assertThat(bringBack(naantalis))
                .containsAllEntriesOf(Map.of(
                        "fixed", "101YNY",
                        "CT", "NAANTALI",
                        "CV", "04",
                        "CL", "3",
                        "AQ", "NAANTALI",
                        "AF", "Palautettu. Kuuluu: Naantali.",
                        "AG", "KULJETUS: Naantali"));
        assertThat(bringBack(turkus))
                .containsAllEntriesOf(Map.of("fixed", "101YNN", "CL", "1", "AQ", "TURKU"))
                .doesNotContainKeys("CT", "CV", "AF", "AG");
    }

    @Test
    void aFloatingCollectionStaysAndOneThatMustGoHomeGoes() throws IOException {
        rule(
                Situation.BELONGS_ELSEWHERE,
                Optional.of("LOCAL"),
                new Outcome(Destination.HOME, Alert.SEND_ELSEWHERE, Optional.of("4"), SlipText.GOES_HOME));
        rule(
                Situation.BELONGS_ELSEWHERE,
                Optional.empty(),
                new Outcome(Destination.STAY, Alert.NONE, Optional.of("2"), SlipText.FLOATS));

        assertThat(bringBack(naantalis))
                .containsAllEntriesOf(Map.of(
                        "fixed", "101YNN", "CL", "2", "AF", "Palautettu. Jää tähän kirjastoon.", "AG", "JÄÄ TÄNNE"))
                .doesNotContainKeys("CT", "CV");
        jdbc.sql("update items set collection = 'LOCAL' where number = :item")
                .param("item", naantalis)
                .update();
        assertThat(bringBack(naantalis))
                .containsAllEntriesOf(Map.of(
                        "fixed", "101YNY",
                        "CR", "LOCAL",
                        "CT", "NAANTALI",
                        "CV", "04",
                        "CL", "4",
                        "AG", "KOKOELMA, KULJETUS: Naantali"));
    }

    @Test
    void aThingThatNobodyOwnsHasItsOwnBinAndSlipWhereItIsTaken() throws IOException {
        assertThat(bringBack(NOBODYS))
                .containsAllEntriesOf(Map.of("fixed", "100NUY", "CL", "9", "CV", "99"))
                .doesNotContainKey("AG");

        assertThat(settings.change(Scope.branch("TURKU"), "returns.no-owner", Optional.of("take"), "anna"))
                .isEmpty();
        rule(
                Situation.NO_OWNER,
                Optional.empty(),
                new Outcome(Destination.STAY, Alert.OTHER, Optional.of("6"), SlipText.NO_OWNER));
        assertThat(bringBack(NOBODYS))
                .containsAllEntriesOf(Map.of(
                        "fixed", "101YUY",
                        "CL", "6",
                        "CV", "99",
                        "AF", "Otettu vastaan. Henkilökunta selvittää omistajan.",
                        "AG", "OMISTAJA TUNTEMATON, HENKILÖKUNNALLE"))
                .doesNotContainKey("CT");
        assertThat(jdbc.sql("select state from journal where item = :item and no_owner")
                        .param("item", NOBODYS)
                        .query(String.class)
                        .single())
                .isEqualTo("WITH_STAFF");
    }

    @Test
    void aThingOnHoldGoesToWhoeverWaitsWhateverRulesThereAreForItsOwner() throws IOException {
        rule(
                Situation.BELONGS_ELSEWHERE,
                Optional.empty(),
                new Outcome(Destination.STAY, Alert.NONE, Optional.empty(), SlipText.FLOATS));
        jdbc.sql("""
                        insert into holds (card, title_id, item, pickup_branch, placed_at, state)
                        select '2000012395', title_id, number, 'LIETO', '2026-11-20 12:00+02', 'WAITING'
                          from items where number = :item
                        """).param("item", naantalis).update();
        try {
            assertThat(bringBack(naantalis))
                    .containsAllEntriesOf(Map.of(
                            "fixed", "101YNY",
                            "CT", "LIETO",
                            "CV", "02",
                            "CL", "3",
                            "AG", "VARAUS, KULJETUS: Lieto"));
            assertThat(jdbc.sql("select destination from items where number = :item")
                            .param("item", naantalis)
                            .query(String.class)
                            .single())
                    .isEqualTo("LIETO");
        } finally {
            jdbc.sql("delete from holds where item = :item")
                    .param("item", naantalis)
                    .update();
        }
    }
}

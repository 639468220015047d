package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.DeskMorning;
import fi.kimppa.gateway.catalogue.Catalogue;
import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Query.By;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever a loan, a return, the staff's desk or a search makes the database do finds its rows by an index, however large the tables are. */
class HotQueriesTest {
    /** Tables that grow with things, patrons and what they do. */
    private static final Set<String> GROWING = Set.of(
            "items",
            "titles",
            "patrons",
            "loans",
            "holds",
            "fees",
            "payments",
            "payment_parts",
            "desk_changes",
            "undo",
            "card_blocks",
            "transits",
            "journal",
            "journal_chain",
            "try_counts");

    private static final Pattern STATEMENT = Pattern.compile("(?s)Executing prepared SQL \\w+ \\[(.*)]");
    private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

    @Test
    void findsItsRowsByAnIndex() throws SQLException {
        try (BackHalf house = BackHalf.startWith()) {
            Set<String> statements = anAfternoon(house);
            assertThat(statements)
                    .as("what a loan asks at least")
                    .anyMatch(sql -> sql.contains("insert into journal"))
                    .anyMatch(sql -> sql.contains("insert into loans"))
                    .anyMatch(sql -> sql.contains("name_key(family_name"))
                    .anyMatch(sql -> sql.contains("title_words"))
                    .anyMatch(sql -> sql.contains("word_similarity"))
                    .hasSizeGreaterThan(20);
            List<String> slow = new ArrayList<>();
            for (String sql : statements) {
                String plan = plan(house, sql);
                SCAN.matcher(plan)
                        .results()
                        .filter(scan -> GROWING.contains(scan.group(1)))
                        .forEach(_ -> slow.add(sql + "\n" + plan));
            }
            assertThat(slow).isEmpty();
            assertThat(statements.stream().filter(sql -> sql.contains("item = ? and state = 'WAITING'")))
                    .as(
                            "what is asked before each change, by date or by number, with as many that wait as there may be")
                    .hasSize(2)
                    .allSatisfy(sql -> assertThat(plan(house, sql)).contains("journal_waiting"));
            assertThat(statements.stream().filter(sql -> sql.contains("update journal set card = null")))
                    .as("what is asked each hour")
                    .hasSize(2)
                    .allSatisfy(sql -> assertThat(plan(house, sql))
                            .contains(sql.contains("and erasure_asked") ? "journal_erasure" : "journal_to_clear"));
            assertThat(statements.stream().filter(sql -> sql.contains("delete from journal where")))
                    .singleElement()
                    .satisfies(sql -> assertThat(plan(house, sql)).contains("journal_opened"));
        }
    }

    /** Everything that patrons, and staff at the desk, do every day, and what the journal does by itself. */
    private static Set<String> anAfternoon(BackHalf house) {
        Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        Asking lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger jdbc = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        log.start();
        jdbc.setLevel(Level.DEBUG);
        jdbc.setAdditive(false);
        jdbc.addAppender(log);
        try {
            turku.say("63001{now}  Y       AOTURKU|AA2000012345|AC|AD1234|");
            turku.say("23001{now}AOTURKU|AA2000012345|AC|AD1234|");
            turku.say("17{now}AOTURKU|AB3000000011|");
            assertThat(turku.say("11YN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|"))
                    .startsWith("121");
            assertThat(turku.say("29NN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|"))
                    .startsWith("30");
            turku.say("65{now}AOTURKU|AA2000012345|AC|");
            assertThat(turku.say("15+{now}AOTURKU|AA2000012395|AB3000000011|AC|BOTURKU|"))
                    .startsWith("16");
            turku.say("37{now}0100EURBV1.00|AOTURKU|AA2000012353|BKhot-1|");
            assertThat(lieto.say("09N{now}{now}APLIETO|AOLIETO|AB3000000011|AC|"))
                    .startsWith("101");
            DeskMorning.at(house);
            house.bean(Journal.class).forget();
            lookUp(house.beans(Catalogue.class));
        } finally {
            jdbc.detachAppender(log);
            jdbc.setAdditive(true);
            jdbc.setLevel(null);
        }
        return log.list.stream()
                .map(event -> STATEMENT.matcher(event.getFormattedMessage()))
                .filter(Matcher::find)
                .flatMap(found -> Arrays.stream(found.group(1).split(";", -1)))
                .filter(sql -> !sql.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What patrons look for, also with a mistake, in every part of a title. */
    private static void lookUp(List<Catalogue> catalogues) {
        Catalogue own = catalogues.stream()
                .filter(catalogue -> catalogue.source() == Catalogue.Source.OWN)
                .findFirst()
                .orElseThrow();
        for (By by : By.values()) {
            own.search(new Query("sinuhe egyptiläinen", by, 1, 20, "fi"));
        }
        assertThat(own.search(new Query("sinuhe egyptilinen", By.ANY, 1, 20, "fi"))
                        .near())
                .isTrue();
        assertThat(own.titleOf("3000000011").flatMap(title -> own.title(title, "fi")))
                .isPresent();
        assertThat(own.added(LocalDate.of(2026, 11, 1), 20, "fi")).isNotEmpty();
    }

    /** As it would be with any values, and with a sequential scan where there is no other way alone. */
    private static String plan(BackHalf house, String sql) throws SQLException {
        Matcher places = Pattern.compile("\\?").matcher(sql);
        StringBuilder numbered = new StringBuilder();
        for (int n = 1; places.find(); n++) {
            places.appendReplacement(numbered, "\\$" + n);
        }
        places.appendTail(numbered);
        // Its own protocol: the extended one wants values for the places.
        try (Connection connection = DriverManager.getConnection(
                        house.database().url() + (house.database().url().contains("?") ? "&" : "?")
                                + "preferQueryMode=simple",
                        house.database().user(),
                        house.database().password());
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain (generic_plan) " + numbered)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}

package fi.kimppa.gateway.backend.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The patrons and items of the demonstration: the fixed ones that the documents name, and 2,000 patrons and 20,000
 * items that are the same in every demonstration. All persons are invented. Written once, in one transaction, into
 * an empty database; dates are counted from the gateway's today.
 */
@Component
@Profile("demo")
@DependsOn("demoConsortium")
class DemoCollection implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCollection.class);
    private static final int PATRONS = 2_000;
    private static final int ITEMS = 20_000;
    private static final int LOANS = 3_000;
    private static final int HOLDS = 200;
    private static final int NEW_TITLES = 12;
    private static final long FIRST_CARD = 2_000_100_000L;
    private static final long FIRST_ITEM = 3_000_100_000L;

    /** Generated patrons share one PIN, since two thousand slow hashes would take minutes. */
    private static final String SHARED_PIN = "1234";

    /** By the classes of the demonstration's titles. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "84.2", "kaunokirjallisuus; romaanit",
            "84.3", "käännöskirjallisuus; romaanit",
            "85.1", "kuvakirjat; lastenkirjat",
            "85.2", "lastenkirjat",
            "82.2", "runot",
            "42.1", "maailmankaikkeus; aika",
            "50.1", "evoluutio");

    private static final List<String> BRANCHES = List.of(
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "TURKU",
            "KAARINA",
            "KAARINA",
            "KAARINA",
            "RAISIO",
            "RAISIO",
            "NAANTALI",
            "NAANTALI",
            "LIETO",
            "LIETO",
            "UKI",
            "UKI",
            "PAIMIO",
            "MASKU",
            "LAITILA",
            "MYNAMAKI",
            "NOUSIAINEN",
            "RUSKO",
            "SAUVO",
            "VEHMAA",
            "PYHARANTA",
            "TAIVASSALO",
            "KUSTAVI");

    private static final List<String> FAMILY_NAMES = List.of(
            "Korhonen",
            "Virtanen",
            "Mäkinen",
            "Nieminen",
            "Mäkelä",
            "Hämäläinen",
            "Laine",
            "Heikkinen",
            "Koskinen",
            "Järvinen",
            "Lehtonen",
            "Lehtinen",
            "Saarinen",
            "Salminen",
            "Heinonen",
            "Niemi",
            "Heikkilä",
            "Kinnunen",
            "Salonen",
            "Turunen",
            "Salo",
            "Laitinen",
            "Tuominen",
            "Rantanen",
            "Karjalainen",
            "Jokinen",
            "Mattila",
            "Savolainen",
            "Lahtinen",
            "Ahonen",
            "Leppänen",
            "Väisänen",
            "Hiltunen",
            "Miettinen",
            "Pitkänen",
            "Aaltonen",
            "Johansson",
            "Lindholm",
            "Nyström",
            "Söderholm",
            "Karlsson",
            "Åkerman",
            "Öhman",
            "Aikio",
            "Näkkäläjärvi");

    private static final List<String> GIVEN_NAMES = List.of(
            "Aino", "Eino", "Helmi", "Väinö", "Sofia", "Leo", "Olivia", "Elias", "Eevi", "Onni", "Anna", "Matti",
            "Kaarina", "Juhani", "Liisa", "Antti", "Sanna", "Mikko", "Päivi", "Jukka", "Tuula", "Pekka", "Ritva",
            "Kari", "Eila", "Åke", "Märta", "Göran", "Inger", "Björn", "Ánne", "Áslat", "Noora", "Aleksi", "Hanna",
            "Ville", "Emilia", "Oskari", "Pihla", "Toivo");

    private final DataSource source;
    private final Clock clock;
    private final Random random = new Random(20_261_124L);
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    DemoCollection(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            try (var found = connection.createStatement().executeQuery("select exists (select from patrons)")) {
                found.next();
                if (found.getBoolean(1)) {
                    return;
                }
            }
            connection.setAutoCommit(false);
            write(connection);
            connection.commit();
            LOG.info("Wrote the demonstration: {} patrons and {} items", PATRONS + 6, ITEMS + 10);
        }
    }

    private void write(Connection connection) throws SQLException, IOException {
        List<Title> titles = new ArrayList<>(titles());
        int generatedTitles = titles.size();
        titles.add(new Title("Täällä Pohjantähden alla (äänikirja)", "Väinö Linna", "84.2", 0));
        titles.add(new Title("Otavan suuri ensyklopedia", "", "03", 0));
        titles.add(new Title("Kellopeliappelsiini (elokuva)", "Stanley Kubrick", "77.4", 18));
        Map<String, Integer> ids = new HashMap<>();
        for (Title title : titles) {
            int id = titles.indexOf(title) + 1;
            ids.putIfAbsent(title.title, id);
            boolean isNew = id <= generatedTitles && generatedTitles - id < NEW_TITLES;
            LocalDate added = isNew ? today().minusDays(generatedTitles - id) : null;
            row(id, title.title, title.author, title.ageLimit, SUBJECTS.getOrDefault(title.callNumber, ""), added);
        }
        write(connection, "titles (id, title, author, age_limit, subjects, added_on)");

        patrons();
        write(
                connection,
                "patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on,"
                        + " self_service, pickup_name)");

        fixedItems(ids);
        List<String> types = List.of("BOOK", "BOOK", "BOOK", "BOOK", "BOOK", "BOOK", "BOOK", "AUDIOBOOK");
        for (int i = 0; i < ITEMS; i++) {
            int title = random.nextInt(generatedTitles);
            String branch = pick(BRANCHES);
            item(Long.toString(FIRST_ITEM + i), title + 1, pick(types), branch, titles.get(title).callNumber, 1, true);
        }
        write(connection, "items (number, title_id, type, home_branch, current_branch, call_number, parts, for_loan)");

        loans();
        write(connection, "loans (item, card, lent_at, lent_branch, due_at)");
        holds(connection, ids);
        fees();
        write(connection, "fees (card, fee_type, amount, created_at)");
        connection
                .createStatement()
                .execute("select setval(pg_get_serial_sequence('titles', 'id'), max(id)) from titles");
    }

    // ---- patrons -----------------------------------------------------------------------------------------

    private void patrons() {
        LocalDate valid = today().plusYears(2);
        patron("2000012345", "Mäkelä", "Åke", 1961, "ADULT", "TURKU", "1234", valid, true, "MÄNTY 2011");
        patron("2000012353", "Virtanen", "Sanni", 1988, "ADULT", "LIETO", "4321", valid, true, "KUUSI 3120");
        patron("2000012361", "Niemi", "Onni", 2016, "CHILD", "NAANTALI", "1111", valid, true, "TUOMI 1618");
        patron("2000012379", "Lehtonen", "Aino", 1979, "PARTNER", "AURA", "2222", valid, false, "HAAPA 7790");
        patron(
                "2000012387",
                "Salo",
                "Pekka",
                1950,
                "ADULT",
                "TURKU",
                "3333",
                today().minusDays(30),
                true,
                "LEPPÄ 5033");
        patron("2000012395", "Heino", "Liisa", 1994, "ADULT", "UKI", "246810", valid, true, "KOIVU 4711");
        String sharedHash = Pins.hash(SHARED_PIN);
        for (int i = 0; i < PATRONS; i++) {
            int born = today().getYear() - 5 - random.nextInt(85);
            boolean child = today().getYear() - born < 15;
            LocalDate expires = random.nextInt(33) == 0 ? today().minusDays(1 + random.nextInt(200)) : valid;
            row(
                    Long.toString(FIRST_CARD + i),
                    pick(FAMILY_NAMES),
                    pick(GIVEN_NAMES),
                    LocalDate.of(born, 1 + random.nextInt(12), 1 + random.nextInt(28)),
                    child ? "CHILD" : "ADULT",
                    pick(BRANCHES),
                    sharedHash,
                    expires,
                    !child && random.nextInt(5) < 2,
                    null);
        }
    }

    private void patron(
            String card,
            String family,
            String given,
            int born,
            String category,
            String branch,
            String pin,
            LocalDate expires,
            boolean selfService,
            String pickupName) {
        row(
                card,
                family,
                given,
                LocalDate.of(born, 5, 14),
                category,
                branch,
                Pins.hash(pin),
                expires,
                selfService,
                pickupName);
    }

    // ---- items -------------------------------------------------------------------------------------------

    private void fixedItems(Map<String, Integer> ids) {
        item("3000000011", id(ids, "Sinuhe egyptiläinen"), "BOOK", "TURKU", "84.2", 1, true);
        item("3000000028", id(ids, "Tuntematon sotilas"), "BOOK", "TURKU", "84.2", 1, true);
        item("3000000035", id(ids, "Kalevala"), "BOOK", "LIETO", "82.2", 1, true);
        item("3000000042", id(ids, "Muumipappa ja meri"), "BOOK", "NAANTALI", "85.1", 1, true);
        item("3000000059", id(ids, "Seitsemän veljestä"), "BOOK", "TURKU", "84.2", 1, true);
        item("3000000066", id(ids, "Täällä Pohjantähden alla (äänikirja)"), "AUDIOBOOK", "TURKU", "84.2", 3, true);
        item("3000000073", id(ids, "Otavan suuri ensyklopedia"), "BOOK", "TURKU", "03", 1, false);
        item("3000000080", id(ids, "Kellopeliappelsiini (elokuva)"), "FILM", "RAISIO", "77.4", 1, true);
        item("3000000097", id(ids, "Juoksuhaudantie"), "BOOK", "UKI", "84.2", 1, true);
        item("853N06240600", id(ids, "Kuinkas sitten kävikään?"), "BOOK", "TURKU", "85.1", 1, true);
    }

    private static int id(Map<String, Integer> ids, String title) {
        Integer id = ids.get(title);
        if (id == null) {
            throw new IllegalStateException("no title " + title + " in demo/titles.tsv");
        }
        return id;
    }

    private void item(
            String number, int title, String type, String branch, String callNumber, int parts, boolean forLoan) {
        row(number, title, type, branch, branch, callNumber, parts, forLoan);
    }

    // ---- what is open ------------------------------------------------------------------------------------

    private void loans() {
        loan("3000000097", "2000012345", "TURKU", 14);
        loan("3000000042", "2000012379", "AURA", 14);
        Set<Integer> lent = new HashSet<>();
        while (lent.size() < LOANS) {
            int item = random.nextInt(ITEMS);
            if (lent.add(item)) {
                loan(
                        Long.toString(FIRST_ITEM + item),
                        Long.toString(FIRST_CARD + random.nextInt(PATRONS)),
                        pick(BRANCHES),
                        random.nextInt(36) - 8);
            }
        }
    }

    private void loan(String item, String card, String branch, int daysLeft) {
        OffsetDateTime due = today().plusDays(daysLeft)
                .atTime(LocalTime.of(23, 59))
                .atZone(clock.getZone())
                .toOffsetDateTime();
        row(item, card, due.minusDays(28).withHour(12), branch, due);
    }

    private void holds(Connection connection, Map<String, Integer> ids) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(clock);
        row("2000012395", id(ids, "Juoksuhaudantie"), "3000000097", "LIETO", now.minusDays(9), "WAITING");
        write(connection, "holds (card, title_id, item, pickup_branch, placed_at, state)");
        // Generated holds wait for one copy each that somebody else has, so that they catch nothing else.
        try (var insert = connection.prepareStatement("""
                insert into holds (card, title_id, item, pickup_branch, placed_at, state)
                select (?::bigint + row_number() over (order by l.item) * 7 % ?)::text, i.title_id, i.number, i.home_branch,
                       ?, 'WAITING'
                  from (select item, card from loans where item >= ?::text order by item limit ?) l
                  join items i on i.number = l.item
                    on conflict do nothing
                """)) {
            insert.setLong(1, FIRST_CARD);
            insert.setInt(2, PATRONS);
            insert.setObject(3, now.minusDays(5));
            insert.setString(4, Long.toString(FIRST_ITEM));
            insert.setInt(5, HOLDS);
            insert.executeUpdate();
        }
    }

    private void fees() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        row("2000012353", "04", new BigDecimal("45.00"), now.minusDays(60));
        for (int i = 0; i < PATRONS; i += 25) {
            row(
                    Long.toString(FIRST_CARD + i),
                    "04",
                    BigDecimal.valueOf(150 + 100 * random.nextInt(40), 2),
                    now.minusDays(20));
        }
    }

    // ---- tools -------------------------------------------------------------------------------------------

    private static List<Title> titles() throws IOException {
        try (InputStream in = DemoCollection.class.getResourceAsStream("/demo/titles.tsv")) {
            if (in == null) {
                throw new IOException("demo/titles.tsv is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(columns -> new Title(columns[0], columns[1], columns[2], 0))
                    .toList();
        }
    }

    /** Collects one row for {@link #write(Connection, String)}. */
    private void row(@Nullable Object... values) {
        rows.add(values);
    }

    /** Inserts the collected rows into a table, named with its columns. */
    private void write(Connection connection, String target) throws SQLException {
        String marks = "?" + ", ?".repeat(rows.getFirst().length - 1);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + target + " values (" + marks + ")")) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        rows.clear();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private record Title(String title, String author, String callNumber, int ageLimit) {}
}

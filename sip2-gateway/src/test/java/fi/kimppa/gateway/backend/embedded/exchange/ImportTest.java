package fi.kimppa.gateway.backend.embedded.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.Pins;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.Counts;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedRuntimeException;

/** Files into the store of the demonstration, on a real database. */
class ImportTest {
    private static final String HEAD = "card;family_name;given_name;birth_date;category;home_branch;expires_on;pin\n";

    private final Database database = ExchangeHand.demo();
    private BackHalf house;
    private ExchangeHand hand;

    @BeforeEach
    void start() {
        house = ExchangeHand.house(database);
        hand = new ExchangeHand(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static String patron(String card, String rest) {
        return card + ";Salo;Aino;1990-05-06;" + rest + "\n";
    }

    @Test
    void aDryRunChangesNothingAndSaysWhatWouldBe() throws Exception {
        ImportJob job = hand.rehearse(Kind.PATRONS, false, """
                        card;family_name;given_name;birth_date;category;home_branch;expires_on;pin;shoe_size
                        2000900001;Salo;Aino;1990-05-06;adult;turku;2030-01-01;4711;38
                        2000012345;Mäkelä;Eero;1961-01-01;ADULT;TURKU;2030-01-01;;
                        2000900001;Salo;Twice;1990-05-06;ADULT;TURKU;2030-01-01;;
                        2000900002;Salo;Aino;6.5.1990;ADULT;TURKU;2030-01-01;;
                        2000900003;Salo;Aino;1990-05-06;EMPEROR;ATLANTIS;2030-01-01;;
                        2000900004;;Aino;1990-05-06;ADULT;TURKU;2030-01-01;;
                        2000900005;Salo;Aino;1990-05-06;ADULT;TURKU;2030-01-01;;1;more
                        """);

        assertThat(job.state()).isEqualTo(State.CHECKED);
        assertThat(job.counts()).isEqualTo(new Counts(1, 0, 0, 1, 5));
        assertThat(hand.findings(job))
                .contains(
                        "1 shoe_size UNKNOWN_COLUMN shoe_size",
                        "3 given_name EXISTS Eero",
                        "4 card TWICE 2000900001",
                        "5 birth_date FORM 6.5.1990",
                        "6 category UNKNOWN_CATEGORY EMPEROR",
                        "6 home_branch UNKNOWN_BRANCH ATLANTIS",
                        "7 family_name EMPTY",
                        "8  CELLS 10 > 9");
        assertThat(house.value(Integer.class, "select count(*) from patrons where card like '20009%'"))
                .isZero();
        assertThat(house.value(Integer.class, "select count(*) from import_pieces"))
                .isZero();
        assertThat(house.value(Boolean.class, "select key is null from imports where id = ?", job.id()))
                .isTrue();
        assertThat(house.value(String.class, "select string_agg(texts::text, '') from import_rows"))
                .contains("$argon2id$")
                .doesNotContain("4711");
    }

    @Test
    void theFileIsNotReadableInTheDatabaseWhileItWaits() throws Exception {
        String file = HEAD + patron("2000900009", "ADULT;TURKU;2030-01-01;864297531");
        long number = hand.bring(Kind.PATRONS, false, "952", file.getBytes(StandardCharsets.UTF_8));

        assertThat(house.value(
                        Boolean.class,
                        "select position('864297531'::bytea in bytes) = 0 from import_pieces where import = ?",
                        number))
                .isTrue();
    }

    @Test
    void confirmedItIsWrittenAndASecondTimeIsTheSame() throws Exception {
        String file = HEAD
                + patron("2000900001", "ADULT;TURKU;2030-01-01;4711")
                + patron("2000900002", "CHILD;LIETO;2030-01-01;");

        ImportJob done = hand.doAll(Kind.PATRONS, false, file);

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));
        String hash = house.value(String.class, "select pin from patrons where card = '2000900001'");
        assertThat(Pins.isHashOf(hash, "4711")).isTrue();
        assertThat(house.value(Integer.class, "select count(*) from import_rows"))
                .isZero();
        ImportJob again = hand.doAll(Kind.PATRONS, true, file);
        assertThat(again.counts()).isEqualTo(new Counts(0, 0, 2, 0, 0));
        assertThat(house.value(String.class, "select pin from patrons where card = '2000900001'"))
                .isEqualTo(hash);
        assertThat(house.bean(Settings.class).changes(Optional.empty(), 20)).anySatisfy(change -> {
            assertThat(change.key()).isEqualTo("store.import");
            assertThat(change.who()).isEqualTo("anna");
            assertThat(change.after().orElse("")).endsWith("confirmed");
        });
    }

    @Test
    void thePolicySaysWhatBecomesOfWhatIsThere() throws Exception {
        String file = "card,given_name,block,email\n2000012345,Eero,Lost it,eero@example.fi\n";

        assertThat(hand.doAll(Kind.PATRONS, false, file).counts()).isEqualTo(new Counts(0, 0, 0, 1, 0));
        assertThat(house.value(String.class, "select given_name from patrons where card = '2000012345'"))
                .isEqualTo("Åke");
        assertThat(hand.doAll(Kind.PATRONS, true, file).counts()).isEqualTo(new Counts(0, 1, 0, 0, 0));
        assertThat(
                        house.value(
                                String.class,
                                "select given_name || ' ' || email || ' ' || family_name from patrons where card = '2000012345'"))
                .isEqualTo("Eero eero@example.fi Mäkelä");
        assertThat(house.value(
                        String.class,
                        "select message from card_blocks where card = '2000012345' and enabled_at is null"))
                .isEqualTo("Lost it");
        hand.doAll(Kind.PATRONS, true, "card,block\n2000012345,\n");
        assertThat(house.value(
                        Integer.class,
                        "select count(*) from card_blocks where card = '2000012345' and enabled_at is null"))
                .isZero();
    }

    @Test
    void copiesOfOneTitleStayTogether() throws Exception {
        String head = "number;title;author;type;home_branch;title_number\n";
        hand.doAll(
                Kind.ITEMS,
                false,
                head + "9000000001;Uusi;Kirjailija;BOOK;TURKU;t1\n9000000002;Uusi;Kirjailija;BOOK;LIETO;t1\n");
        hand.doAll(
                Kind.ITEMS,
                false,
                head + "9000000001;Uusi;Kirjailija;BOOK;TURKU;t1\n9000000003;Uusi;Kirjailija;BOOK;LIETO;t1\n"
                        + "9000000004;Uusi;Kirjailija;BOOK;LIETO;t2\n9000000005;Uusi;Kirjailija;BOOK;LIETO;\n");

        assertThat(house.value(String.class, """
                        select string_agg(same::text, ' ' order by number) from (
                          select number, dense_rank() over (order by title_id) as same from items
                           where number like '90000000%') copies
                        """)).isEqualTo("1 1 1 2 1");
    }

    @Test
    void marcBringsTitlesWithTheirThings() throws Exception {
        byte[] good = MarcFile.record(
                'a', List.of("24510$aUutta", "952  $aTURKU$p9100000001$yBOOK", "952  $aLIETO$p9100000002$yBOOK"));
        byte[] bad = MarcFile.record('a', List.of("24510$aUutta", "952  $aNOWHERE$p9100000003$yBOOK"));

        ImportJob job =
                hand.doAll(Kind.MARC, false, MarcFile.file(good, "junk\u001D".getBytes(StandardCharsets.UTF_8), bad));

        assertThat(job.counts().added()).isEqualTo(2);
        assertThat(hand.findings(job)).containsExactly("2  BROKEN", "3 home_branch UNKNOWN_BRANCH NOWHERE");
        assertThat(house.value(
                        Integer.class, "select count(distinct title_id) from items where number like '91000000%'"))
                .isOne();
    }

    @Test
    void loansOfWhatIsNotThereOrLentAreRefused() throws Exception {
        String lent = house.value(String.class, "select item from loans where returned_at is null order by id limit 1");
        ImportJob job = hand.doAll(
                Kind.LOANS,
                true,
                "item,card,lent_at,due_at,renewals\n"
                        + "3000000011,2000012345,2026-11-01T12:00:00+02:00,2026-12-01,2\n"
                        + "3999999999,2000012345,2026-11-01,2026-12-01,0\n"
                        + "3000000028,2000099999,2026-11-01,2026-12-01,0\n"
                        + "3000000011,2000012395,2026-11-01,2026-12-01,0\n"
                        + lent + ",2000012395,2026-11-01,2026-12-01,0\n");

        assertThat(job.counts().added()).isOne();
        assertThat(hand.findings(job))
                .containsExactlyInAnyOrder(
                        "3 item UNKNOWN_ITEM 3999999999",
                        "4 card UNKNOWN_CARD 2000099999",
                        "5 item TWICE 3000000011",
                        "6 card LENT 2000012395");
        assertThat(house.value(
                        Boolean.class,
                        "select due_at = '2026-12-01 23:59+02' and renewals = 2 from loans where item = '3000000011'"))
                .isTrue();
    }

    @Test
    void aPickUpNameIsOnePersonsOnly() throws Exception {
        String file = "card;family_name;given_name;birth_date;category;home_branch;expires_on;pickup_name\n"
                + patron("2000900001", "ADULT;TURKU;2030-01-01;MÄNTY 2011")
                + patron("2000900002", "ADULT;TURKU;2030-01-01;UUSI 1")
                + patron("2000900003", "ADULT;TURKU;2030-01-01;UUSI 1");

        ImportJob job = hand.doAll(Kind.PATRONS, false, file);

        assertThat(job.counts()).isEqualTo(new Counts(1, 0, 0, 0, 2));
        assertThat(hand.findings(job))
                .containsExactly("2 pickup_name NOT_UNIQUE MÄNTY 2011", "4 pickup_name NOT_UNIQUE UUSI 1");
    }

    @Test
    void filesThatSayNothingAreUnreadable() throws Exception {
        for (String file : List.of("", "name,street\nA,B\n")) {
            ImportJob job = hand.rehearse(Kind.PATRONS, false, file);
            assertThat(job.state()).as(file).isEqualTo(State.UNREADABLE);
            assertThat(hand.findings(job)).isNotEmpty();
        }
    }

    @Test
    void checkDigitsAndSizesAreHeldToTheSettings() throws Exception {
        try (BackHalf strict = ExchangeHand.house(database, "card-check=LUHN", "max-file=1KB")) {
            ExchangeHand other = new ExchangeHand(strict);
            ImportJob job =
                    other.rehearse(Kind.PATRONS, false, HEAD + patron("79927398710", "ADULT;TURKU;2030-01-01;"));
            assertThat(other.findings(job)).containsExactly("2 card CHECK_DIGIT 79927398710");
            assertThat(strict.bean(Imports.class)
                            .take(
                                    new Imports.Order(Kind.PATRONS, "x", "", false),
                                    new ByteArrayInputStream(new byte[1025]),
                                    "anna"))
                    .isEmpty();
        }
    }

    // ---- more than one gateway ---------------------------------------------------------------------------

    private static String many(int first, int count) {
        return HEAD
                + IntStream.range(first, first + count)
                        .mapToObj(i -> patron("20009" + (10_000 + i), "ADULT;TURKU;2030-01-01;"))
                        .collect(Collectors.joining());
    }

    @Test
    void anotherGatewayGoesOnWhereOneHasDied() throws Exception {
        ImportJob job = hand.rehearse(Kind.PATRONS, false, many(0, 3 * ImportTrial.BATCH));
        house.bean(Imports.class).begin(job.id(), "anna");
        assertThat(house.bean(Writing.class).next(job.id())).isTrue();
        assertThat(hand.job(job.id()).rowsDone()).isEqualTo(ImportTrial.BATCH);
        house.close();

        house = ExchangeHand.house(database);
        hand = new ExchangeHand(house);
        hand.work();

        assertThat(hand.job(job.id()).counts()).isEqualTo(new Counts(3 * ImportTrial.BATCH, 0, 0, 0, 0));
        assertThat(house.value(Integer.class, "select count(*) from patrons where card like '20009%'"))
                .isEqualTo(3 * ImportTrial.BATCH);
    }

    /** The first gateway dies after a batch was read; what is read again is passed over. */
    @Test
    void aDryRunIsReadOnFromWhereItWas() throws Exception {
        long number = hand.bring(
                Kind.PATRONS, false, "952", many(1000, 2 * ImportTrial.BATCH).getBytes(StandardCharsets.UTF_8));
        house.jdbc().sql("""
                        create function stop_there() returns trigger language plpgsql as
                        $$ begin raise exception 'gone' using errcode = '57P01'; end $$;
                        create trigger stop before insert on import_rows for each row
                          when (new.record > 300) execute function stop_there()
                        """).update();
        try {
            hand.work();
        } catch (NestedRuntimeException e) {
            // As a database does that is shut down; what is logged of it names nobody.
            assertThat(Throwables.getStackTrace(e)).doesNotContain("20009", "Salo");
        }
        assertThat(hand.job(number).state()).isEqualTo(State.READING);
        assertThat(hand.job(number).read()).isEqualTo(ImportTrial.BATCH - 1);
        house.jdbc()
                .sql("drop trigger stop on import_rows; drop function stop_there()")
                .update();

        hand.work();

        assertThat(hand.job(number).counts()).isEqualTo(new Counts(2 * ImportTrial.BATCH, 0, 0, 0, 0));
        assertThat(house.value(Integer.class, "select count(*) from import_rows where import = ?", number))
                .isEqualTo(2 * ImportTrial.BATCH);
    }

    @Test
    void oneGatewayAtATimeIsAtAnImport() throws Exception {
        ImportJob job = hand.rehearse(Kind.PATRONS, false, many(2000, 10));
        house.bean(Imports.class).begin(job.id(), "anna");
        try (Connection other = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            other.createStatement().execute("select pg_advisory_lock(122, " + job.id() + ")");
            hand.work();
            assertThat(hand.job(job.id()).state()).isEqualTo(State.WRITING);
            other.createStatement().execute("select pg_advisory_unlock(122, " + job.id() + ")");
        }
        hand.work();
        assertThat(hand.job(job.id()).state()).isEqualTo(State.DONE);
    }

    @Test
    void whatIsDeletedIsWrittenNoFurther() throws Exception {
        ImportJob job = hand.rehearse(Kind.PATRONS, false, many(3000, 10));
        house.bean(Imports.class).begin(job.id(), "anna");
        house.bean(Imports.class).delete(job.id(), "anna");

        hand.work();

        assertThat(house.bean(ImportStore.class).find(job.id())).isEmpty();
        assertThat(house.value(Integer.class, "select count(*) from patrons where card like '2000913%'"))
                .isZero();
    }
}

package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.mail.Letter;
import fi.kimppa.gateway.mail.LetterWriter;
import fi.kimppa.gateway.mail.Notice;
import fi.kimppa.gateway.mail.NoticeKind;
import fi.kimppa.gateway.privacy.PersonalData;
import fi.kimppa.gateway.privacy.PersonalData.Held;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which notices the store queues, and what they say when they go. */
class NoticesTest {
    private static final String CARD = "2999100001";

    private static BackHalf house;

    /** The mail server's port is one where nobody listens: what is queued stays. */
    @BeforeAll
    static void start() {
        house = BackHalf.on(
                TestPostgres.demo(template -> BackHalf.on(template).close()),
                Map.of(
                        "kimppa.mail.host", "localhost",
                        "kimppa.mail.port", "1",
                        "kimppa.mail.security", "none",
                        "kimppa.mail.sender", "kirjasto@example.fi"));
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void aPatronWithAnAddress() {
        house.clock().reset();
        for (String sql : List.of(
                "delete from mail_outbox",
                "delete from mail_rounds",
                "delete from loans where card = '2999100001'",
                "delete from holds where card = '2999100001'",
                "delete from items where number like '39991%'",
                "delete from patrons where card = '2999100001'",
                """
                insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on,
                                     email, language, pickup_name)
                values ('2999100001', 'Koivu', 'Kaino', '1980-05-17', 'ADULT', 'LIETO', 'x', '2099-12-31',
                        'kaino@example.fi', 'sv', 'Kettu 991')
                """)) {
            run(sql);
        }
    }

    private static void run(String sql) {
        house.jdbc().sql(sql).update();
    }

    private static void item(String number) {
        run("insert into items (number, title_id, type, home_branch, current_branch) select '" + number
                + "', min(id), 'BOOK', 'TURKU', 'TURKU' from titles");
    }

    private static void lent(String number, String due) {
        item(number);
        run("insert into loans (item, card, lent_at, lent_branch, due_at) values ('" + number + "', '" + CARD
                + "', '2026-10-01 12:00+03', 'TURKU', '" + due + " 23:59+02')");
    }

    private static void ready(String number, String since) {
        item(number);
        run("insert into holds (card, title_id, pickup_branch, placed_at, state, trapped_item, ready_at)"
                + " select card, title_id, 'NAANTALI', '2026-11-01 12:00+02', 'READY', number, '" + since
                + "' from items, patrons where number = '" + number + "' and card = '" + CARD + "'");
    }

    private static String queued() {
        return house.value(
                String.class,
                "select coalesce(string_agg(m.kind || ' ' || n.occasion, ', ' order by m.id, n.subject), '')"
                        + " from mail_outbox m join mail_notices n on n.mail = m.id where m.card = '" + CARD + "'");
    }

    private static Notices notices() {
        return house.bean(Notices.class);
    }

    private static Optional<Letter> letter() {
        List<Notice> all = house.jdbc()
                .sql("""
                        select m.kind, n.subject, n.occasion, m.card from mail_outbox m join mail_notices n on n.mail = m.id
                         where m.card = '2999100001'
                        """)
                .query((row, _) -> new Notice(
                        NoticeKind.valueOf(row.getString(1)), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
        return house.bean(LetterWriter.class).write().apply(all);
    }

    // ---- loans -------------------------------------------------------------------------------------------

    @Test
    void tellsOnceADayOfWhatFallsDueAndWhatIsOverdue() {
        lent("3999100001", "2026-11-27");
        lent("3999100002", "2026-11-25");
        lent("3999100003", "2026-12-20");
        lent("3999100004", "2026-11-23");
        notices().look();
        notices().look();
        assertThat(queued())
                .satisfiesAnyOf(
                        all -> assertThat(all)
                                .isEqualTo("DUE_SOON 2026-11-27, DUE_SOON 2026-11-25, OVERDUE 2026-11-23+1"),
                        all -> assertThat(all)
                                .isEqualTo("OVERDUE 2026-11-23+1, DUE_SOON 2026-11-27, DUE_SOON 2026-11-25"));
        assertThat(house.value(Integer.class, "select count(*) from mail_outbox where card = '2999100001'"))
                .as("one mail of each kind")
                .isEqualTo(2);
        house.clock().pass(Duration.ofDays(1));
        notices().look();
        assertThat(house.value(Integer.class, "select count(*) from mail_outbox where card = '2999100001'"))
                .as("nothing is new on the next day")
                .isEqualTo(2);
    }

    @Test
    void tellsNothingBeforeTheHour() {
        lent("3999100001", "2026-11-26");
        house.clock().pass(Duration.ofHours(11));
        notices().look();
        assertThat(queued()).as("half past six").isEmpty();
        house.clock().pass(Duration.ofHours(2));
        notices().look();
        assertThat(queued()).isEqualTo("DUE_SOON 2026-11-26");
    }

    @Test
    void tellsNobodyWithoutAnAddress() {
        lent("3999100001", "2026-11-26");
        run("update patrons set email = '' where card = '2999100001'");
        notices().look();
        assertThat(queued()).isEmpty();
    }

    @Test
    void goesByTheSettingsOfThePatronsMunicipality() {
        Settings settings = house.bean(Settings.class);
        Scope lieto = Scope.municipality("LIETO");
        settings.change(
                lieto,
                Map.of("mail.due-soon-days", Optional.of("0"), "mail.overdue-days", Optional.of("2, 30")),
                "tester");
        lent("3999100001", "2026-11-26");
        lent("3999100002", "2026-11-22");
        lent("3999100003", "2026-11-23");
        notices().look();
        assertThat(queued()).isEqualTo("OVERDUE 2026-11-22+2");
        settings.change(
                lieto, Map.of("mail.due-soon-days", Optional.empty(), "mail.overdue-days", Optional.empty()), "tester");
    }

    @Test
    void saysWhatIsSoWhenItGoes() {
        lent("3999100001", "2026-11-27");
        lent("3999100002", "2026-11-27");
        notices().look();
        run("update loans set due_at = '2026-12-24 23:59+02', renewals = 1 where item = '3999100001'");
        Letter letter = letter().orElseThrow();
        assertThat(letter.things()).hasSize(1);
        assertThat(letter.address()).isEqualTo("kaino@example.fi");
        assertThat(letter.language()).isEqualTo("sv");
        assertThat(letter.municipality()).isEqualTo("LIETO");
        assertThat(letter.toString()).doesNotContain("kaino");

        run(
                "update loans set returned_at = '2026-11-24 19:40+02', returned_branch = 'LIETO' where item = '3999100002'");
        assertThat(letter()).isEmpty();
    }

    @Test
    void tellsOfNothingAsDueSoonThatIsOverdueMeanwhile() {
        lent("3999100001", "2026-11-25");
        notices().look();
        house.clock().pass(Duration.ofDays(2));
        assertThat(letter()).isEmpty();
    }

    // ---- holds -------------------------------------------------------------------------------------------

    @Test
    void tellsOfAHoldThatIsReadyWhereAndUntilWhen() {
        ready("3999100001", "2026-11-24 19:21+02");
        notices().look();
        assertThat(queued()).as("the return may be taken back").isEmpty();
        house.clock().pass(Duration.ofMinutes(2));
        notices().look();
        notices().look();
        assertThat(queued()).isEqualTo("HOLD_READY 2026-11-24");
        Letter.Thing thing = letter().orElseThrow().things().getFirst();
        assertThat(thing.branch()).contains("Naantali");
        assertThat(thing.pickupName()).contains("Kettu 991");
        assertThat(thing.day()).hasToString("2026-12-01");

        run("update holds set state = 'FULFILLED', fulfilled_at = '2026-11-24 19:40+02' where card = '2999100001'");
        assertThat(letter()).isEmpty();
    }

    @Test
    void tellsOfNoHoldWhoseTimeOnTheShelfIsOver() {
        ready("3999100001", "2026-11-24 12:00+02");
        notices().look();
        house.clock().pass(Duration.ofDays(8));
        assertThat(letter()).isEmpty();
    }

    // ---- what is held about a person ---------------------------------------------------------------------

    @Test
    void whatWaitsIsGivenOutWithoutAddressAndErased() {
        lent("3999100001", "2026-11-27");
        notices().look();
        List<Held> held = house.beans(PersonalData.class).stream()
                .flatMap(feature -> feature.about(CARD).stream())
                .toList();
        assertThat(held.stream().filter(one -> one.kind().equals("mail")))
                .singleElement()
                .satisfies(mail -> assertThat(mail.facts()).containsEntry("about", "DUE_SOON"));
        assertThat(held.stream().filter(one -> one.kind().equals("patron")))
                .singleElement()
                .satisfies(patron -> assertThat(patron.facts()).containsEntry("email", "kaino@example.fi"));

        house.beans(PersonalData.class).forEach(feature -> feature.erase(CARD));
        assertThat(queued()).isEmpty();
    }
}

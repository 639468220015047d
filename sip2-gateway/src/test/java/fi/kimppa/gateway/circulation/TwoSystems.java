package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.OldLibrary;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.gateway.cutover.NumberMaps.Pair;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kajaani on the embedded store, which stands for Kainet's system, and Sotkamo on a SIP2 server, each with a gateway of its own on one
 * database. Sotkamo's numbers in the new system are the old ones with another beginning.
 */
final class TwoSystems implements AutoCloseable {
    static final Terminal KAJAANI = new Terminal("kiosk-kajaani", Terminal.Kind.KIOSK, "KAJAANI", "KAJAANI");
    static final Terminal SOTKAMO = new Terminal("kiosk-sotkamo", Terminal.Kind.KIOSK, "SOTKAMO", "SOTKAMO");
    static final String KAJAANI_CARD = "1000000001";
    static final String SOTKAMO_CARD = "4000000001";
    static final String SOTKAMO_CARD_NEW = "1900000001";

    final OldLibrary old = new OldLibrary("SOTKAMO");
    final BackHalf kajaani;
    final BackHalf sotkamo;
    final Asking atKajaani;
    final Asking atSotkamo;

    TwoSystems() throws IOException {
        Database database = TestPostgres.empty();
        Map<String, String> settings = Map.of(
                "kimppa.consortium", "KAINET",
                "kimppa.deadlines.backend", "4s",
                "kimppa.deadlines.settle", "5s",
                "kimppa.backends.sip2.vanha.address", old.server.address(),
                "kimppa.backends.sip2.vanha.preset", "koha",
                "kimppa.backends.sip2.vanha.answer", "1s",
                "kimppa.backends.sip2.vanha.accounts.common.user", "kimppa",
                "kimppa.backends.sip2.vanha.accounts.common.password", "secret",
                "kimppa.backends.sip2.vanha.accounts.common.institution", "SOTKAMO");
        kajaani = BackHalf.real(database, settings);
        describe();
        sotkamo = BackHalf.real(database, settings);
        kajaani.consortium().refresh();
        atKajaani = new Asking(kajaani.circulation(), KAJAANI, kajaani.clock());
        atSotkamo = new Asking(sotkamo.circulation(), SOTKAMO, sotkamo.clock());
    }

    private void describe() {
        sql("insert into municipalities (code, name, isil, library_system) values"
                + " ('KAJAANI', 'Kajaani', 'FI-Kajaani', null), ('SOTKAMO', 'Sotkamo', 'FI-Sotkamo', 'vanha')");
        sql("insert into branches (code, name, municipality, isil) values"
                + " ('KAJAANI', 'Kajaani', 'KAJAANI', 'FI-Kajaani'), ('SOTKAMO', 'Sotkamo', 'SOTKAMO', 'FI-Sotkamo')");
        sql("insert into number_rules (numbers, pattern, municipality) values"
                + " ('CARD', '10########', 'KAJAANI'), ('CARD', '4#########', 'SOTKAMO'),"
                + " ('CARD', '19########', 'SOTKAMO'), ('ITEM', '70########', 'KAJAANI'),"
                + " ('ITEM', '5#########', 'SOTKAMO'), ('ITEM', '79########', 'SOTKAMO')");
        patron(KAJAANI_CARD, "KAJAANI");
        old.card(SOTKAMO_CARD);
        for (int number = 1; number <= 9; number++) {
            item(ours(number), "Kajaanin kirja " + number, "KAJAANI");
            old.item(theirs(number), "Sotkamon kirja " + number);
        }
    }

    /** Number of a book of Kajaani. */
    static String ours(int number) {
        return "700000000" + number;
    }

    /** Number of a book of Sotkamo in the old system, which is on its tag. */
    static String theirs(int number) {
        return "500000000" + number;
    }

    /** Its number in the new system. */
    static String theirsNew(int number) {
        return "790000000" + number;
    }

    void sql(String text) {
        kajaani.jdbc().sql(text).update();
    }

    <T> T value(Class<T> type, String text) {
        return kajaani.value(type, text);
    }

    private void patron(String card, String branch) {
        sql("""
                insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                values ('%s', 'Kim', 'Possu', '1990-05-17', 'ADULT', '%s', 'x', '2031-01-01')""".formatted(card, branch));
    }

    private void item(String number, String title, String branch) {
        sql("""
                with work as (insert into titles (title, author) values ('%s', '') returning id)
                insert into items (number, title_id, type, home_branch, current_branch)
                select '%s', id, 'BOOK', '%s', '%s' from work""".formatted(title, number, branch, branch));
    }

    // ---- moving ------------------------------------------------------------------------------------------

    /** A freeze in half an hour and the cut-over two hours later. */
    CutOver plan() {
        Instant now = kajaani.clock().instant();
        kajaani.bean(CutOvers.class)
                .plan(
                        "SOTKAMO",
                        "vanha",
                        "embedded",
                        now.plus(Duration.ofMinutes(30)),
                        now.plus(Duration.ofMinutes(150)),
                        "eeva");
        CutOver cutOver = kajaani.bean(CutOvers.class).all().getFirst();
        await(() -> sotkamo.bean(CutOvers.class).find(cutOver.id()).isPresent());
        return cutOver;
    }

    /** Brings what the old system has into the new one, but for the last book, which is forgotten. */
    void migrate(CutOver cutOver) {
        patron(SOTKAMO_CARD_NEW, "SOTKAMO");
        List<Pair> pairs = new ArrayList<>();
        pairs.add(new Pair(Numbers.CARD, SOTKAMO_CARD, SOTKAMO_CARD_NEW));
        for (int number = 1; number <= 8; number++) {
            item(theirsNew(number), "Sotkamon kirja " + number, "SOTKAMO");
            pairs.add(new Pair(Numbers.ITEM, theirs(number), theirsNew(number)));
            if (old.loans().containsKey(theirs(number))) {
                sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values ('%s', '%s', '2026-11-10 12:00+02', 'SOTKAMO', '2026-12-08 23:59+02')""".formatted(theirsNew(number), SOTKAMO_CARD_NEW));
            }
        }
        kajaani.bean(NumberMaps.class).add(cutOver, pairs, "eeva");
    }

    void pass(Duration time) {
        kajaani.pass(time);
        sotkamo.clock().pass(time);
    }

    // ---- looking -----------------------------------------------------------------------------------------

    /** State and library system of the last change with this item. */
    String row(String item) {
        return kajaani.jdbc()
                .sql(
                        "select state || ' ' || coalesce(backend, 'nobody') from journal where item = :item order by id desc limit 1")
                .param("item", item)
                .query(String.class)
                .single();
    }

    boolean waiting() {
        return value(Long.class, "select count(*) from journal where state not in ('SETTLED', 'WITH_STAFF')") > 0;
    }

    /** Numbers of the things on loan in the new system. */
    List<String> loans() {
        return kajaani.jdbc()
                .sql("select item from loans where returned_at is null order by item")
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public void close() throws IOException {
        sotkamo.close();
        kajaani.close();
        old.close();
    }
}

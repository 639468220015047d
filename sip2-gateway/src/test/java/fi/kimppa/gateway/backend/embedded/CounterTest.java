package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.CounterCards.Reason;
import fi.kimppa.gateway.backend.embedded.CounterPatrons.Saved;
import fi.kimppa.gateway.backend.embedded.CounterTill.Booked;
import fi.kimppa.gateway.backend.embedded.CounterTill.Means;
import fi.kimppa.gateway.privacy.PersonalData;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the desk does to patrons, cards, fees and things, and what machines see of it. */
class CounterTest {
    private static BackHalf house;
    private static CounterPatrons patrons;
    private static CounterCards cards;
    private static CounterTill till;
    private static CounterCollection collection;
    private static CounterWithdrawal withdrawal;
    private static CounterTags tags;
    private static CounterRecord written;

    private Asking turku;

    @BeforeAll
    static void start() {
        house = BackHalf.startWith();
        patrons = house.bean(CounterPatrons.class);
        cards = house.bean(CounterCards.class);
        till = house.bean(CounterTill.class);
        collection = house.bean(CounterCollection.class);
        withdrawal = house.bean(CounterWithdrawal.class);
        tags = house.bean(CounterTags.class);
        written = house.bean(CounterRecord.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        house.clock().reset();
        for (String sql : List.of(
                "delete from journal",
                "delete from undo",
                "delete from number_rules",
                "delete from try_counts",
                "delete from failed_tries",
                "delete from pauses",
                "delete from desk_changes",
                "delete from tag_orders",
                "delete from fleet_terminals",
                "delete from terminals where login like 'T-%'",
                "delete from holds where card like 'T-%'",
                "delete from loans where card like 'T-%' or item like 'T-%'",
                "delete from fees where card like 'T-%'",
                "delete from patrons where card like 'T-%'",
                "delete from items where number like 'T-%'",
                "delete from titles where title like 'Desk %'")) {
            house.jdbc().sql(sql).update();
        }
        house.consortium().refresh();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    private static CounterPatronForm form(String card, String family, String given, int version) {
        return new CounterPatronForm(
                card, family, given, "1990-05-17", "ADULT", "TURKU", "2029-01-31", false, "", "", "", "sv", version);
    }

    private static CounterPatron registered(String card) {
        long id = patrons.add(form(card, "Koivu", "Kaino", 0), "anna").orElseThrow();
        return patrons.patron(id).orElseThrow();
    }

    private static CounterPatron now(CounterPatron patron) {
        return patrons.patron(patron.id()).orElseThrow();
    }

    private static int rows(String where) {
        return house.value(Integer.class, "select count(*) from " + where);
    }

    private static List<String> done(CounterPatron patron) {
        return written.ofPatron(patron.id(), 20).reversed().stream()
                .map(entry -> entry.who() + " " + entry.kind() + " " + entry.what())
                .map(String::strip)
                .toList();
    }

    // ---- finding -----------------------------------------------------------------------------------------

    @Test
    void findsByTheBeginningOfEitherNameWithoutDotsAndAccents() {
        for (String typed : List.of("Mäkelä, Åke", "makela a", "MÄKELÄ", "ake mak", "Åke  Mäkelä")) {
            assertThat(patrons.byName(typed))
                    .as(typed)
                    .extracting(CounterPatrons.Hit::card)
                    .contains("2000012345");
        }
        assertThat(patrons.byName("äkelä")).isEmpty();
        assertThat(patrons.byName("m")).hasSize(CounterPatrons.MOST_FOUND + 1);
    }

    @Test
    void findsAmongTwentyThousandByAnIndexAlone() {
        house.jdbc().sql("""
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                        select 'T-' || n, chr(65 + n % 26) || 'nimi' || n, 'Etu' || n, '1980-01-01', 'ADULT', 'TURKU', 'x',
                               '2030-01-01'
                          from generate_series(1, 20000) n
                        """).update();
        house.jdbc().sql("analyze patrons").update();
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            assertThat(patrons.byName("nnimi1001")).hasSize(1);
            assertThat(patrons.byName("etu10010")).hasSize(1);
            assertThat(patrons.byCard("t-777")).isPresent();
            assertThat(house.value(
                            Integer.class, "select seq_scan from pg_stat_xact_user_tables where relname = 'patrons'"))
                    .isZero();
        });
    }

    @Test
    void takesLettersOfACardAsTheyAreAndRefusesASecondOneThatDiffersInCaseAlone() {
        CounterPatron patron = registered("T-aB");
        assertThat(patron.card()).isEqualTo("T-aB");
        assertThat(patrons.byCard("t-AB")).contains(new CounterPatrons.ByCard(patron.id(), false));
        assertThat(patrons.againstCard("T-Ab", "TURKU")).contains(Refused.because("card.taken"));
    }

    // ---- registering and changing ------------------------------------------------------------------------

    @Test
    void tellsTheSecondOfTwoWhoSaveAndOverwritesNothing() {
        CounterPatron patron = registered("T-1");
        CounterPatronForm first = form("", "Koivula", "Kaino", patron.version());
        CounterPatronForm second = form("", "Koivu", "Kaino Anneli", patron.version());

        assertThat(patrons.change(patron.id(), first, "anna")).isEqualTo(Saved.DONE);
        assertThat(patrons.change(patron.id(), second, "bertta")).isEqualTo(Saved.STALE);

        assertThat(now(patron).name()).isEqualTo("Koivula, Kaino");
        assertThat(second.differences(CounterPatronForm.of(now(patron))))
                .containsExactlyInAnyOrderEntriesOf(Map.of("familyName", "Koivula", "givenName", "Kaino"));
        assertThat(done(patron)).containsExactly("anna PATRON_ADDED", "anna PATRON_CHANGED familyName");
    }

    @Test
    void savesWhatIsAsItWasWithoutANewVersion() {
        CounterPatron patron = registered("T-1");
        assertThat(patrons.change(patron.id(), CounterPatronForm.of(patron), "anna"))
                .isEqualTo(Saved.DONE);
        assertThat(now(patron).version()).isEqualTo(patron.version());
        assertThat(done(patron)).containsExactly("anna PATRON_ADDED");
    }

    @Test
    void refusesTheAliasOfSomebodyElse() {
        CounterPatron patron = registered("T-1");
        CounterPatronForm taken = new CounterPatronForm(
                "",
                "Koivu",
                "Kaino",
                "1990-05-17",
                "ADULT",
                "TURKU",
                "2029-01-31",
                false,
                "MÄNTY 2011",
                "",
                "",
                "fi",
                patron.version());
        assertThat(patrons.problems(taken, patron.id())).containsOnlyKeys("pickupName");
        assertThat(patrons.change(patron.id(), taken, "anna")).isEqualTo(Saved.TAKEN);
    }

    @Test
    void wantsCardsOfTheFormsThatTheMunicipalityHas() {
        rule("CARD", "T-2###", "TURKU");
        rule("CARD", "T-3###", "LIETO");
        assertThat(patrons.againstCard("T-2001", "TURKU")).isEmpty();
        assertThat(patrons.againstCard("T-3001", "TURKU"))
                .as("a card of Lieto works everywhere")
                .isEmpty();
        assertThat(patrons.againstCard("T-9001", "TURKU")).contains(Refused.because("number.rule", "T-2###"));
        assertThat(patrons.againstCard("T-9001", "AURA"))
                .as("Aura has no rules")
                .isEmpty();
    }

    private static void rule(String numbers, String pattern, String municipality) {
        house.jdbc()
                .sql("insert into number_rules (numbers, pattern, municipality) values (:n, :p, :m)")
                .param("n", numbers)
                .param("p", pattern)
                .param("m", municipality)
                .update();
        house.consortium().refresh();
    }

    // ---- PIN and card ------------------------------------------------------------------------------------

    private String status(String card, String pin) {
        return turku.say("23001{now}AOTURKU|AA" + card + "|AC|AD" + pin + "|");
    }

    @Test
    void setsAPinThatMachinesTakeAtOnceAlsoAfterTooManyWrongOnes() {
        CounterPatron patron = registered("T-1");
        assertThat(status("T-1", "7531")).as("nobody has set one").doesNotContain("CQY");
        for (int wrong = 0; wrong < 6; wrong++) {
            status("T-1", "0000");
        }

        cards.setPin(patron, "7531", "anna");

        assertThat(status("T-1", "7531")).contains("CQY").contains("AEKoivu, Kaino|");
        assertThat(house.value(String.class, "select pin from patrons where card = 'T-1'"))
                .startsWith("$argon2id$")
                .doesNotContain("7531");
        assertThat(done(patron)).containsExactly("anna PATRON_ADDED", "anna PIN_SET");
    }

    @Test
    void carriesEverythingToAnotherCardAndLeavesOneThatIsLost() {
        CounterPatron patron = registered("T-old");
        cards.setPin(patron, "7531", "anna");
        String item = copy("T-100");
        assertThat(turku.say("11YN{now}{now}AOTURKU|AAT-old|AB" + item + "|AC|"))
                .startsWith("121");
        String returned = copy("T-102");
        turku.say("11YN{now}{now}AOTURKU|AAT-old|AB" + returned + "|AC|");
        turku.say("09N{now}{now}APTURKU|AOTURKU|AB" + returned + "|AC|");
        assertThat(rows("undo where loan ->> 'card' = 'T-old'")).isOne();
        owe("T-old", "2.40");
        house.jdbc().sql("""
                        insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                        values ('T-old', 'kiosk-turku', 'TURKU', 'found', true, '2026-11-24 12:00+02')
                        """).update();

        assertThat(cards.replace(patron, patron.version(), "T-new", Reason.LOST, "anna"))
                .isEqualTo(Saved.DONE);

        assertThat(rows("loans where card = 'T-new' and returned_at is null")).isOne();
        assertThat(rows("fees where card = 'T-new'")).isOne();
        assertThat(rows("undo where loan ->> 'card' = 'T-old'")).isZero();
        assertThat(now(patron).card()).isEqualTo("T-new");
        assertThat(status("T-new", "7531")).contains("CQY", "AEKoivu, Kaino|").startsWith("24 ");
        String old = status("T-old", "7531");
        assertThat(old).contains("BLY", "AE|", "AFThe card is not in use.").doesNotContain("Koivu");
        assertThat(turku.say("11YN{now}{now}AOTURKU|AAT-old|AB" + copy("T-101") + "|AC|"))
                .startsWith("120");
        assertThat(patrons.byCard("T-old")).contains(new CounterPatrons.ByCard(patron.id(), true));
        assertThat(patrons.byName("Koivu Kaino")).hasSize(1);
        assertThat(cards.replace(patron, patron.version(), "T-third", Reason.LOST, "anna"))
                .as("whoever still sees the old card")
                .isEqualTo(Saved.STALE);
    }

    @Test
    void erasesTheOldCardsWithTheirPerson() {
        CounterPatron patron = registered("T-a");
        cards.replace(patron, patron.version(), "T-b", Reason.DAMAGED, "anna");
        cards.replace(now(patron), now(patron).version(), "T-c", Reason.LOST, "anna");
        assertThat(rows("patrons where replaced_by = 'T-c'")).isEqualTo(2);

        PersonalData store = house.beans(PersonalData.class).stream()
                .filter(PersonInTheStore.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(store.about("T-c")).extracting(PersonalData.Held::kind).contains("patron", "desk");
        store.erase("T-c");

        assertThat(rows("patrons where card like 'T-%'")).isZero();
    }

    @Test
    void marksACardAsLostAndFoundAndExtendsIt() {
        CounterPatron patron = registered("T-1");
        assertThat(cards.lost(patron.id(), patron.version(), true, "anna")).isEqualTo(Saved.DONE);
        assertThat(now(patron).reportedLost()).isTrue();
        assertThat(cards.lost(patron.id(), patron.version(), true, "anna"))
                .as("pressed twice")
                .isEqualTo(Saved.STALE);
        assertThat(cards.lost(patron.id(), now(patron).version(), false, "anna"))
                .isEqualTo(Saved.DONE);
        assertThat(cards.extend(patron.id(), now(patron).version(), "anna")).isEqualTo(Saved.DONE);
        assertThat(now(patron).reportedLost()).isFalse();
        assertThat(now(patron).expiresOn()).isEqualTo(LocalDate.of(2028, 11, 24));
    }

    // ---- fees --------------------------------------------------------------------------------------------

    private static long owe(String card, String amount) {
        return house.jdbc()
                .sql("""
                        insert into fees (card, fee_type, amount, created_at, creditor)
                        values (:card, '04', :amount, '2026-11-20 12:00+02', 'LIETO') returning id
                        """)
                .param("card", card)
                .param("amount", new BigDecimal(amount))
                .query(Long.class)
                .single();
    }

    @Test
    void booksOnePaymentHoweverOftenAndQuicklyItsFormIsSent() throws Exception {
        CounterPatron patron = registered("T-1");
        Set<Long> chosen = Set.of(owe("T-1", "2.40"), owe("T-1", "3.00"));
        BigDecimal amount = new BigDecimal("4.00");
        Callable<Booked> click = () -> till.pay(patron, chosen, amount, Means.CARD, "token-1", "anna");

        Set<Booked> outcomes = new HashSet<>();
        try (ExecutorService clicks = Executors.newFixedThreadPool(4)) {
            for (Future<Booked> outcome :
                    clicks.invokeAll(IntStream.range(0, 8).mapToObj(_ -> click).toList())) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).hasSize(1).first().isInstanceOf(Booked.Done.class);
        assertThat(rows("payments where card = 'T-1'")).isOne();
        assertThat(till.open(patron)).extracting(Fees.Fee::open).containsExactly(new BigDecimal("1.40"));
        long payment = house.value(Long.class, "select id from payments where card = 'T-1'");
        assertThat(till.lines(payment))
                .extracting(line -> line.creditor() + " " + line.amount())
                .containsExactly("LIETO 2.40", "LIETO 1.60");
        assertThat(till.receipt(payment).map(CounterTill::takenBy)).contains("anna");
        assertThat(done(patron)).containsExactly("anna PATRON_ADDED", "anna FEES_PAID 4.00");
    }

    @Test
    void booksNothingWhenLessIsOwedByNow() {
        CounterPatron patron = registered("T-1");
        Set<Long> chosen = Set.of(owe("T-1", "2.40"));
        turku.say("37{now}0100EURBV1.00|AOTURKU|AAT-1|BKdesk-1|");
        assertThat(till.pay(patron, chosen, new BigDecimal("2.40"), Means.CASH, "token-2", "anna"))
                .isEqualTo(new Booked.Changed());
        assertThat(rows("payments where terminal = 'desk:anna' and card = 'T-1'"))
                .isZero();
    }

    @Test
    void letsGoOfAFeeOnceAndWithoutAPayment() {
        CounterPatron patron = registered("T-1");
        long fee = owe("T-1", "2.40");
        assertThat(till.waive(patron, fee, new BigDecimal("2.00"), "old", "admin"))
                .as("something else was seen")
                .isFalse();
        assertThat(till.waive(patron, fee, new BigDecimal("2.40"), "wrong", "admin"))
                .isTrue();
        assertThat(till.waive(patron, fee, new BigDecimal("2.40"), "wrong", "admin"))
                .isFalse();

        assertThat(till.open(patron)).isEmpty();
        assertThat(house.value(BigDecimal.class, "select waived from fees where id = ?", fee))
                .isEqualTo(new BigDecimal("2.40"));
        assertThat(rows("payments where card = 'T-1'")).isZero();
        assertThat(written.ofPatron(patron.id(), 1))
                .extracting(entry -> entry.who() + " " + entry.kind() + " " + entry.what() + " " + entry.reason())
                .containsExactly("admin FEE_WAIVED 2.40 wrong");
    }

    // ---- things ------------------------------------------------------------------------------------------

    private static CounterItemForm item(String number, String home, int version) {
        return new CounterItemForm(number, "BOOK", home, "84.2", "", "1", true, version);
    }

    private static String copy(String number) {
        int title = collection.add(new CounterTitleForm("Desk " + number, "Waltari", "0", "", 0), "anna");
        assertThat(collection.add(title, item(number, "TURKU", 0), "anna")).isTrue();
        return number;
    }

    @Test
    void wantsItemNumbersOfTheHomeMunicipality() {
        rule("ITEM", "T-4*", "TURKU");
        rule("ITEM", "T-5*", "LIETO");
        assertThat(collection.problemsOfNew(item("T-41", "TURKU", 0))).isEmpty();
        assertThat(collection.problemsOfNew(item("T-51", "TURKU", 0)))
                .containsEntry("number", Refused.because("number.other", "Lieto"));
        assertThat(collection.problemsOfNew(item("T-61", "TURKU", 0)))
                .containsEntry("number", Refused.because("number.rule", "T-4*"));
        copy("T-42");
        assertThat(collection.problemsOfNew(item("t-42", "TURKU", 0)))
                .containsEntry("number", Refused.because("number.taken"));
    }

    @Test
    void findsTitlesAndChangesACopyOnce() {
        copy("T-1");
        assertThat(collection.find("desk t-1")).hasSize(1).first().matches(hit -> hit.copies() == 1);
        assertThat(collection.find("walta"))
                .extracting(CounterCollection.Hit::title)
                .contains("Desk T-1");
        CounterCollection.Item before = collection.item("T-1").orElseThrow();

        assertThat(collection.change(before, item("T-1", "LIETO", before.version()), "anna"))
                .isEqualTo(Saved.DONE);
        assertThat(collection.change(before, item("T-1", "RAISIO", before.version()), "bertta"))
                .isEqualTo(Saved.STALE);
        assertThat(collection.item("T-1").orElseThrow().homeBranch()).isEqualTo("LIETO");
        assertThat(written.ofItem("T-1", 5))
                .extracting(entry -> entry.kind() + " " + entry.what())
                .containsExactly("ITEM_CHANGED homeBranch", "ITEM_ADDED ");
    }

    @Test
    void withdrawsNothingThatSomebodyHasAwaitsOrOwesFor() {
        registered("T-1");
        String lent = copy("T-lent");
        turku.say("11YN{now}{now}AOTURKU|AAT-1|AB" + lent + "|AC|");
        assertThat(withdrawal.withdraw(lent, "anna")).contains(Refused.because("withdraw.lent"));

        String travels = copy("T-travels");
        run("update items set destination = 'LIETO' where number = 'T-travels'");
        assertThat(withdrawal.withdraw(travels, "anna")).contains(Refused.because("withdraw.transit"));

        String awaited = copy("T-awaited");
        turku.say("15+{now}AOTURKU|AAT-1|ABT-awaited|AC|BOTURKU|BSTURKU|");
        assertThat(rows("holds where card = 'T-1'")).isOne();
        assertThat(withdrawal.withdraw(awaited, "anna")).contains(Refused.because("withdraw.awaited"));
        run(
                "update holds set state = 'READY', trapped_item = 'T-awaited', ready_at = '2026-11-24 12:00+02' where card = 'T-1'");
        assertThat(withdrawal.withdraw(awaited, "anna")).contains(Refused.because("withdraw.held"));

        String owed = copy("T-owed");
        run("update fees set item = 'T-owed' where id = " + owe("T-1", "1.00"));
        assertThat(withdrawal.withdraw(owed, "anna")).contains(Refused.because("withdraw.fee"));
        run("update fees set paid = amount, paid_at = '2026-11-24 12:00+02' where item = 'T-owed'");

        assertThat(withdrawal.withdraw(owed, "anna")).isEmpty();
        assertThat(rows("items where number = 'T-owed'")).isZero();
        assertThat(rows("titles where title = 'Desk T-owed'"))
                .as("with its last copy")
                .isZero();
        turku.say("09N{now}{now}APTURKU|AOTURKU|ABT-lent|AC|");
        assertThat(withdrawal.withdraw(lent, "anna"))
                .as("returned a moment ago")
                .isEmpty();
    }

    // ---- the tag -----------------------------------------------------------------------------------------

    private static void staffPad(String login, String branch) {
        run(
                "insert into terminals (login, kind, branch_code, institution_id, password) values ('%s', 'DESK', '%s', '%s', 'x')"
                        .formatted(login, branch, branch));
        run("""
                insert into fleet_terminals (terminal, change, condition, condition_since, report)
                values ('%s', 0, 'WORKING', '2026-11-24 12:00+02', '{"devices": [{"kind": "RFID_PAD", "status": "READY"}]}')
                """.formatted(login));
        house.consortium().refresh();
    }

    private static Optional<Refused> ordered(String number, String pad, int part, String who) {
        return tags.order(collection.item(number).orElseThrow(), pad, part, who);
    }

    @Test
    void ordersATagAtAPadOfTheSameMunicipalityAndWritesItDown() {
        staffPad("T-desk", "TURKU");
        staffPad("T-elsewhere", "LIETO");
        copy("T-1");
        run("update items set parts = 3 where number = 'T-1'");
        for (String pad : List.of("T-elsewhere", "T-unknown", "kiosk-turku", "")) {
            assertThat(ordered("T-1", pad, 1, "anna")).as(pad).contains(Refused.because("tag.pad"));
        }
        for (int part : List.of(0, 4)) {
            assertThat(ordered("T-1", "T-desk", part, "anna")).contains(Refused.because("whole", "1", "3"));
        }
        assertThat(rows("tag_orders")).isZero();

        assertThat(ordered("T-1", "T-desk", 2, "anna")).isEmpty();
        assertThat(ordered("T-1", "T-desk", 2, "anna")).as("pressed twice").isEmpty();
        assertThat(ordered("T-1", "T-desk", 1, "bertta")).contains(Refused.because("tag.busy"));
        assertThat(rows("tag_orders where terminal = 'T-desk' and item = 'T-1' and owner = 'FI-Turku' and part = 2"
                        + " and parts = 3 and who = 'anna'"))
                .isOne();
        assertThat(written.ofItem("T-1", 5))
                .extracting(entry -> entry.who() + " " + entry.kind() + " " + entry.what())
                .containsExactly("anna TAG_ORDERED T-desk 2/3", "anna ITEM_ADDED ");
    }

    @Test
    void ordersNoTagForAThingOnLoan() {
        staffPad("T-desk", "TURKU");
        registered("T-1");
        copy("T-1");
        turku.say("11YN{now}{now}AOTURKU|AAT-1|ABT-1|AC|");
        assertThat(ordered("T-1", "T-desk", 1, "anna")).contains(Refused.because("tag.lent"));
        turku.say("09N{now}{now}APTURKU|AOTURKU|ABT-1|AC|");
        assertThat(ordered("T-1", "T-desk", 1, "anna")).isEmpty();
    }

    private static void run(String sql) {
        house.jdbc().sql(sql).update();
    }
}

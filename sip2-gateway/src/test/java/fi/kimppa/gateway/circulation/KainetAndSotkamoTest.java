package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static fi.kimppa.gateway.circulation.TwoSystems.KAJAANI_CARD;
import static fi.kimppa.gateway.circulation.TwoSystems.SOTKAMO_CARD;
import static fi.kimppa.gateway.circulation.TwoSystems.ours;
import static fi.kimppa.gateway.circulation.TwoSystems.theirs;
import static fi.kimppa.gateway.circulation.TwoSystems.theirsNew;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformationResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sotkamo joins Kainet, end to end: two gateways, two library systems, returns crossing both ways before, during and after the
 * cut-over. What was said and done stands in {@code target/kainet-and-sotkamo.md}.
 */
class KainetAndSotkamoTest {
    private static final Path REPORT = Path.of("target", "kainet-and-sotkamo.md");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static TwoSystems house;
    private final List<String> report = new ArrayList<>();
    private int accepted;

    @BeforeAll
    static void start() throws IOException {
        house = new TwoSystems();
    }

    @AfterAll
    static void stop() throws IOException {
        house.close();
    }

    @Test
    void aMunicipalityJoinsAndNothingIsLost() throws IOException {
        report.add("# Sotkamo joins Kainet\n");
        report.add(
                "Kajaani is on Kainet's system (embedded), Sotkamo on its own (vanha, over SIP2). One gateway in each, one"
                        + " database.\n");
        CutOver cutOver = house.plan();
        before();
        theOldSystemFallsSilent();
        house.pass(Duration.ofMinutes(31));
        inTheFreeze();
        house.migrate(cutOver);
        house.pass(Duration.ofHours(2));
        await(() -> !house.waiting());
        whatWaitedIsDone();
        after();
        finished(cutOver);
        balance();
        Files.writeString(REPORT, String.join("\n", report) + "\n");
    }

    // ---- before ------------------------------------------------------------------------------------------

    private void before() {
        chapter("Before the freeze");
        for (int number : List.of(1, 2, 3, 5)) {
            lend("Sotkamo", house.atSotkamo, SOTKAMO_CARD, theirs(number));
        }
        for (int number : List.of(1, 2, 4)) {
            lend("Kajaani", house.atKajaani, KAJAANI_CARD, ours(number));
        }
        house.old.lend(SOTKAMO_CARD, theirs(9));

        CheckinResponse crossing = bringBack("Kajaani", house.atKajaani, theirs(1), "SOTKAMO", "3");
        assertThat(crossing.printLines()).contains("KULJETUS: Sotkamo");
        assertThat(house.old.loans()).doesNotContainKey(theirs(1));
        CheckinResponse back = bringBack("Sotkamo", house.atSotkamo, ours(1), "KAJAANI", "3");
        assertThat(back.printLines()).contains("KULJETUS: Kajaani");
        assertThat(house.loans()).containsExactly(ours(2), ours(4));
    }

    /** A loan whose answer is lost, and a return that the old system has not heard of when it is frozen. */
    private void theOldSystemFallsSilent() {
        house.old.lend(SOTKAMO_CARD, theirs(4));
        house.old.server.on("11", new Reply.HangUp());
        CheckoutResponse lent = house.atSotkamo.lend(SOTKAMO_CARD, theirs(4));
        house.old.fallSilent();
        assertThat(lent.ok()).isFalse();
        assertThat(lent.itemProperties()).contains(Circulation.OUTCOME_UNKNOWN);
        told("Sotkamo", "borrows " + theirs(4), "nobody knows: the answer is lost");
        bringBack("Kajaani", house.atKajaani, theirs(2), "", "9");
        assertThat(house.row(theirs(2))).isEqualTo("WAITING vanha");
    }

    // ---- the freeze --------------------------------------------------------------------------------------

    private void inTheFreeze() {
        chapter("In the freeze");
        int heard = house.old.changes().size();
        house.old.speak();
        // Each gateway finds out for itself that the old system answers again.
        await(() -> Stream.of(house.kajaani, house.sotkamo)
                .allMatch(gateway -> gateway.bean(LibrarySystems.class)
                        .named("vanha")
                        .filter(LibrarySystem::speaking)
                        .isPresent()));
        await(() -> house.row(theirs(4)).equals("SETTLED vanha"));
        told("gateway", "asks the old system about " + theirs(4), "it was lent there");
        assertThat(house.value(Boolean.class, "select ok from journal where item = '" + theirs(4) + "'"))
                .isTrue();
        await(() -> house.row(theirs(2)).equals("WAITING nobody"));
        told("gateway", "holds the return of " + theirs(2) + " back", "for the new system");

        refused(Language.FINNISH, "Kirjasto vaihtaa järjestelmää. Lainat taas klo 22.00.");
        refused(Language.SWEDISH, "Biblioteket byter system. Lån igen kl. 22.00.");
        refused(Language.ENGLISH, "The library changes its system. Loans again at 22:00.");
        CheckoutResponse fromAfar = house.atKajaani.lend(KAJAANI_CARD, theirs(6));
        assertThat(fromAfar.ok())
                .as("its system is frozen wherever the machine stands")
                .isFalse();
        told("Kajaani", "borrows " + theirs(6), "no, until 22.00");

        bringBack("Sotkamo", house.atSotkamo, theirs(3), "", "9");
        bringBack("Kajaani", house.atKajaani, theirs(5), "", "9");
        assertThat(house.row(theirs(5))).isEqualTo("WAITING nobody");

        bringBack("Sotkamo", house.atSotkamo, ours(2), "KAJAANI", "3");
        lend("Kajaani", house.atKajaani, KAJAANI_CARD, ours(3));
        ItemInformationResponse known = house.atKajaani.item(theirs(7));
        assertThat(known.titleIdentifier()).isEqualTo("Sotkamon kirja 7");
        told("Kajaani", "asks about " + theirs(7), known.titleIdentifier());
        assertThat(house.old.changes()).as("changes in the old system").hasSize(heard);
    }

    private void refused(Language language, String sentence) {
        house.atSotkamo.who(SOTKAMO_CARD, "1234", language, Optional.empty());
        CheckoutResponse no = house.atSotkamo.lend(SOTKAMO_CARD, theirs(6));
        assertThat(no.ok()).isFalse();
        assertThat(no.screenMessages()).containsExactly(sentence);
        told("Sotkamo", "borrows " + theirs(6), "no: " + sentence);
    }

    // ---- after -------------------------------------------------------------------------------------------

    private void whatWaitedIsDone() {
        chapter("The cut-over");
        for (int number : List.of(2, 3, 5)) {
            assertThat(house.row(theirs(number))).isEqualTo("SETTLED embedded");
            told("gateway", "does the return of " + theirs(number), "in the new system, as " + theirsNew(number));
        }
        assertThat(house.loans()).containsExactly(ours(3), ours(4), theirsNew(4));
        assertThat(house.value(
                        String.class,
                        "select returned_branch || ' ' || (select destination from items where number = item) from loans"
                                + " where item = '" + theirsNew(5) + "'"))
                .as("taken in Kajaani before it was known there")
                .isEqualTo("KAJAANI SOTKAMO");
    }

    private void after() {
        chapter("After the cut-over");
        CheckoutResponse lent = lend("Sotkamo", house.atSotkamo, SOTKAMO_CARD, theirs(6));
        assertThat(lent.patronIdentifier()).as("the card as it was read").isEqualTo(SOTKAMO_CARD);
        assertThat(house.loans()).contains(theirsNew(6));
        lend("Sotkamo", house.atSotkamo, TwoSystems.SOTKAMO_CARD_NEW, theirsNew(7));
        lend("Kajaani", house.atKajaani, SOTKAMO_CARD, theirs(8));
        PatronInformationResponse patron = house.atSotkamo.who(
                SOTKAMO_CARD,
                Optional.empty(),
                Language.FINNISH,
                Optional.of(ItemList.CHARGED),
                Optional.empty(),
                Optional.empty());
        assertThat(patron.patronIdentifier()).isEqualTo(SOTKAMO_CARD);

        bringBack("Kajaani", house.atKajaani, theirs(6), "SOTKAMO", "3");
        bringBack("Sotkamo", house.atSotkamo, ours(4), "KAJAANI", "3");
        bringBack("Sotkamo", house.atSotkamo, theirsNew(4), "", "1");
        aHoldIsCaught();
        theForgottenBook();
    }

    private void aHoldIsCaught() {
        house.sql("""
                insert into holds (card, title_id, pickup_branch, placed_at, state)
                select '%s', title_id, 'SOTKAMO', '2026-11-24 21:59+02', 'WAITING' from items where number = '%s'""".formatted(TwoSystems.SOTKAMO_CARD_NEW, ours(3)));
        CheckinResponse caught = bringBack("Kajaani", house.atKajaani, ours(3), "SOTKAMO", "3");
        assertThat(caught.alertType()).contains(AlertType.HOLD_ELSEWHERE);
        assertThat(caught.printLines()).contains("VARAUS, KULJETUS: Sotkamo");
    }

    private void theForgottenBook() {
        ItemInformationResponse known = house.atKajaani.item(theirs(9));
        assertThat(known.titleIdentifier()).isEqualTo("Sotkamon kirja 9");
        told("Kajaani", "asks about " + theirs(9), "the old system alone knows it");
        bringBack("Kajaani", house.atKajaani, theirs(9), "SOTKAMO", "3");
        assertThat(house.row(theirs(9))).isEqualTo("SETTLED vanha");
        assertThat(house.old.told(Checkin.class, theirs(9))).isEqualTo(1);
        assertThat(house.atSotkamo.lend(SOTKAMO_CARD, theirs(9)).ok())
                .as("lent it is in the new system alone")
                .isFalse();
        assertThat(house.old.told(Checkout.class, theirs(9))).isZero();
    }

    private void finished(CutOver cutOver) {
        chapter("The end");
        CutOverBooks.Counts counts = house.kajaani.bean(CutOverBooks.class).counts(cutOver);
        assertThat(counts).isEqualTo(new CutOverBooks.Counts(2, 0, 2, 0, counts.moved(), 1));
        assertThat(house.kajaani.bean(CutOvers.class).finish(cutOver.id(), "eeva"))
                .isEmpty();
        await(() -> house.sotkamo
                .bean(CutOvers.class)
                .find(cutOver.id())
                .flatMap(CutOver::ended)
                .isPresent());
        told(
                "staff",
                "finish",
                counts.queued() + " returns queued in the freeze, " + counts.replayed() + " of them done since, "
                        + counts.leftBehind() + " done in the old system");
        int heard = house.old.server.heard.size();
        lend("Sotkamo", house.atSotkamo, SOTKAMO_CARD, theirs(1));
        bringBack("Sotkamo", house.atSotkamo, theirs(1), "", "1");
        assertThat(house.old.server.heard.stream().skip(heard))
                .allMatch(line -> line.startsWith("99") || line.startsWith("93"));
    }

    // ---- the books ---------------------------------------------------------------------------------------

    private void balance() {
        chapter("The books");
        assertThat(house.loans()).containsExactly(theirsNew(7), theirsNew(8));
        assertThat(house.kajaani.bean(StaffTasks.class).open()).isEmpty();
        DailyProof.Day sum = house.kajaani.bean(DailyProof.class).days(DAY, DAY).stream()
                .reduce((one, other) -> new DailyProof.Day(
                        one.day(),
                        "",
                        one.taken() + other.taken(),
                        one.accepted() + other.accepted(),
                        one.waiting() + other.waiting(),
                        one.withStaff() + other.withStaff(),
                        one.missing() + other.missing()))
                .orElseThrow();
        assertThat(sum.taken()).isEqualTo(accepted);
        assertThat(sum.accepted()).isEqualTo(accepted);
        assertThat(sum.missing()).isZero();
        house.kajaani.bean(JournalChain.class).check();
        assertThat(house.kajaani.bean(JournalChain.class).seen())
                .hasSize(2)
                .allSatisfy(chain -> assertThat(chain.broken()).isEmpty());
        told("books", accepted + " returns taken", sum.accepted() + " accepted, 0 missing, 0 with staff");
        told("books", "on loan in the new system", String.join(", ", house.loans()));
        told("books", "on loan in the old system", house.old.loans().keySet() + ", as it was frozen");
    }

    // ---- steps -------------------------------------------------------------------------------------------

    private CheckoutResponse lend(String where, Asking machine, String card, String item) {
        CheckoutResponse answer = machine.lend(card, item);
        assertThat(answer.ok())
                .as("%s lends %s: %s", where, item, answer.screenMessages())
                .isTrue();
        assertThat(answer.itemIdentifier()).isEqualTo(item);
        told(where, "borrows " + item, "due " + answer.dueDate());
        return answer;
    }

    /** @param destination empty where the slip names none */
    private CheckinResponse bringBack(String where, Asking machine, String item, String destination, String bin) {
        CheckinResponse answer = machine.bringBack(item);
        accepted++;
        assertThat(answer.ok()).as("%s takes %s", where, item).isTrue();
        assertThat(answer.itemIdentifier()).isEqualTo(item);
        assertThat(answer.destinationLocation().orElse(""))
                .as("where %s goes", item)
                .isEqualTo(destination);
        assertThat(answer.sortBin()).as("bin of %s", item).contains(bin);
        told(where, "returns " + item, "bin " + bin + ", slip: " + String.join(" / ", answer.printLines()));
        return answer;
    }

    private void chapter(String title) {
        report.add("\n## " + title + "\n\n| When | Where | What | Told |\n|---|---|---|---|");
    }

    private void told(String where, String what, String answer) {
        LocalTime now = LocalTime.ofInstant(house.kajaani.clock().instant(), GatewayClock.ZONE);
        report.add("| %s | %s | %s | %s |".formatted(now, where, what, answer));
    }
}

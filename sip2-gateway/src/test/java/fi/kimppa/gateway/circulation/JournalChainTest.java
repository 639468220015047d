package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.DailyProof.Day;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.circulation.JournalChain.Chain;
import fi.kimppa.gateway.circulation.StaffTasks.Kind;
import fi.kimppa.gateway.circulation.StaffTasks.Task;
import fi.kimppa.gateway.database.LateWrites;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;

/** What stays on record of every change, and what can be proven by it. */
class JournalChainTest {
    private static final String MAKELA = "2000012345";
    private static final LocalDate EVENING = LocalDate.of(2026, 11, 24);

    private static BackHalf house;
    private static FaultyBackend backend;
    private Asking turku;

    @BeforeAll
    static void start() {
        house = BackHalf.start(FaultyBackend.Wiring.class);
        backend = house.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        await(() -> FaultyBackend.probed(house));
        house.clock().reset();
        for (String table : List.of("journal", "transits", "journal_chain", "journal_chain_ends")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc()
                .sql("delete from loans where item in ('3000000011', '3000000028', '3000000035')")
                .update();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    /** Looks as a gateway that has not looked before. */
    private static JournalChain anew() {
        return new JournalChain(
                house.jdbc(),
                house.bean(LateWrites.class),
                house.bean(PlatformTransactionManager.class),
                house.bean(JournalSettings.class),
                new SimpleMeterRegistry(),
                house.clock());
    }

    private static List<Chain> looked() {
        return looked(anew());
    }

    private static List<Chain> looked(JournalChain chain) {
        chain.check();
        return chain.seen();
    }

    private static List<String> kinds() {
        return house.jdbc()
                .sql("select kind from journal_chain order by terminal, number")
                .query((row, _) -> row.getString(1))
                .list();
    }

    // ---- the chain ---------------------------------------------------------------------------------------

    @Test
    void saysOfEveryChangeThatItWasTakenAndWhatBecameOfIt() {
        turku.lend(MAKELA, "3000000011");
        turku.lend(MAKELA, "3000000073");
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000011");
        backend.release();
        house.bean(Settlement.class).settle();

        assertThat(kinds()).containsExactly("OPEN", "DONE", "OPEN", "NOT_DONE", "OPEN", "WAITING", "DONE");
        assertThat(looked(house.bean(JournalChain.class))).singleElement().satisfies(chain -> {
            assertThat(chain.terminal()).isEqualTo("kiosk-turku");
            assertThat(chain.last()).isEqualTo(7);
            assertThat(chain.broken()).isEmpty();
        });
    }

    @Test
    void standsWhenNumbersAndRowsAreErased() {
        turku.lend(MAKELA, "3000000011");
        turku.bringBack("3000000011");
        String before = house.value(String.class, "select encode(link, 'hex') from journal_chain where number = 4");

        house.clock().pass(Duration.ofDays(7).plusHours(1));
        house.bean(Journal.class).forget();
        assertThat(house.value(Integer.class, "select count(*) from journal where salt is null"))
                .isEqualTo(2);
        assertThat(looked()).singleElement().satisfies(chain -> {
            assertThat(chain.broken()).isEmpty();
            assertThat(chain.link()).isEqualTo(before);
        });

        house.clock().pass(Duration.ofDays(7));
        house.bean(Journal.class).forget();
        assertThat(house.value(Integer.class, "select count(*) from journal")).isZero();
        assertThat(looked())
                .singleElement()
                .satisfies(chain -> assertThat(chain.broken()).isEmpty());
    }

    @Test
    void holdsNothingByWhichACardCouldBeFound() {
        turku.lend(MAKELA, "3000000011");

        String all = house.value(String.class, "select string_agg(c::text, ' ') from journal_chain c");
        assertThat(all).doesNotContain(MAKELA, "3000000011");
        assertThat(all).doesNotContain(ChainLine.digest(new byte[0], MAKELA));
        assertThat(house.value(Integer.class, "select count(distinct salt) from journal where length(salt) = 16"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal_chain set branch_code = 'LIETO' where number = 3",
                "update journal_chain set kind = 'DONE' where number = 3",
                "update journal_chain set at = at + interval '1 microsecond' where number = 3",
                "update journal_chain set command = '29' where number = 3",
                "update journal_chain set undo = not undo where number = 3",
                "update journal_chain set who = 'somebody' where number = 3",
                "update journal_chain set journal_id = journal_id + 1 where number = 3",
                "update journal_chain set digest = sha256('') where number = 3",
                "update journal_chain set link = sha256('') where number = 3",
                "update journal set card = '2000012395' where id = (select journal_id from journal_chain where number = 3)",
                "update journal set request = replace(request, '3000000028', '3000000035')"
                        + " where id = (select journal_id from journal_chain where number = 3)"
            })
    void tellsWhereSomebodyChangedSomething(String change) {
        turku.lend(MAKELA, "3000000011");
        turku.lend(MAKELA, "3000000028");
        turku.bringBack("3000000011");
        assertThat(looked()).allSatisfy(chain -> assertThat(chain.broken()).isEmpty());

        assertThat(house.jdbc().sql(change).update()).isOne();

        assertThat(looked())
                .singleElement()
                .satisfies(chain -> assertThat(chain.broken()).hasValue(3));
    }

    @Test
    void tellsThatALineIsGoneAtTheBeginningInTheMiddleAndAtTheEnd() {
        for (int gone : new int[] {2, 3, 6}) {
            freshStart();
            turku.lend(MAKELA, "3000000011");
            turku.lend(MAKELA, "3000000028");
            turku.bringBack("3000000011");
            house.jdbc().sql("delete from journal_chain where number = " + gone).update();
            assertThat(looked())
                    .singleElement()
                    .satisfies(chain -> assertThat(chain.broken().orElseThrow()).isBetween((long) gone, gone + 1L));
        }
    }

    @Test
    void goesOnWhereTheLastLookEndedAndStaysBrokenOnceItWas() {
        JournalChain chain = anew();
        turku.lend(MAKELA, "3000000011");
        assertThat(looked(chain))
                .singleElement()
                .satisfies(one -> assertThat(one.broken()).isEmpty());
        turku.bringBack("3000000011");
        house.jdbc()
                .sql("update journal_chain set branch_code = 'LIETO' where number = 4")
                .update();
        assertThat(looked(chain))
                .singleElement()
                .satisfies(one -> assertThat(one.broken()).hasValue(4));
        turku.lend(MAKELA, "3000000011");
        assertThat(looked(chain))
                .singleElement()
                .satisfies(one -> assertThat(one.broken()).hasValue(4));
    }

    @Test
    void keepsOneOrderWhenTwoGatewaysWriteForOneTerminal() {
        try (BackHalf other = BackHalf.on(house.database(), FaultyBackend.Wiring.class)) {
            Asking there = new Asking(other.circulation(), BackHalf.TURKU, other.clock());
            List<CompletableFuture<Void>> both = List.of(
                    CompletableFuture.runAsync(
                            () -> IntStream.range(0, 25).forEach(_ -> turku.bringBack("3000000011"))),
                    CompletableFuture.runAsync(
                            () -> IntStream.range(0, 25).forEach(_ -> there.bringBack("3000000035"))));
            both.forEach(CompletableFuture::join);
        }
        assertThat(looked()).singleElement().satisfies(chain -> {
            assertThat(chain.last()).isEqualTo(100);
            assertThat(chain.broken()).isEmpty();
        });
    }

    @Test
    void forgetsOldLinesFromTheBeginningAndIsWholeFromThereOn() {
        turku.lend(MAKELA, "3000000011");
        house.clock().pass(Duration.ofDays(399));
        turku.bringBack("3000000011");
        house.clock().pass(Duration.ofDays(2));
        house.bean(JournalChain.class).forget();

        assertThat(looked()).singleElement().satisfies(chain -> {
            assertThat(chain.first()).isEqualTo(3);
            assertThat(chain.last()).isEqualTo(4);
            assertThat(chain.broken()).isEmpty();
        });
        house.clock().pass(Duration.ofDays(800));
        house.bean(JournalChain.class).forget();
        assertThat(looked()).singleElement().satisfies(chain -> {
            assertThat(chain.first()).isEqualTo(4);
            assertThat(chain.broken()).isEmpty();
        });
    }

    /** The same bytes as the table's, computed by hand as the documentation says. */
    @Test
    void isComputedAsTheDocumentationSays() throws Exception {
        turku.lend(MAKELA, "3000000011");
        var line = house.jdbc()
                .sql("""
                        select journal_id, (extract(epoch from at) * 1000000)::bigint as at, digest, link
                          from journal_chain where number = 1
                        """)
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)))
                .single();
        var sha = java.security.MessageDigest.getInstance("SHA-256");
        sha.update(java.nio.ByteBuffer.allocate(24)
                .putLong(1)
                .putLong((long) line.get(0))
                .putLong((long) line.get(1))
                .array());
        sha.update((byte) 0);
        sha.update("11\nTURKU\nOPEN\n".getBytes(StandardCharsets.UTF_8));
        sha.update((byte[]) line.get(2));
        assertThat(sha.digest()).isEqualTo((byte[]) line.get(3));
    }

    // ---- the daily proof ---------------------------------------------------------------------------------

    private static List<Day> days() {
        return house.bean(DailyProof.class).days(EVENING.minusDays(1), EVENING.plusDays(30));
    }

    @Test
    void provesThatWhatWasTakenIsAcceptedOrWithStaff() {
        turku.bringBack("3000000011");
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000035");
        turku.send(turku.checkin("3999999999", turku.tick(), false, Optional.of("owner=FI-Turku")));
        new Asking(house.circulation(), BackHalf.LIETO, house.clock()).bringBack("3000000028");
        assertThat(days())
                .containsExactly(new Day(EVENING, "LIETO", 1, 0, 1, 0, 0), new Day(EVENING, "TURKU", 3, 1, 2, 0, 0));

        backend.release();
        house.bean(Settlement.class).settle();
        assertThat(days())
                .containsExactly(new Day(EVENING, "LIETO", 1, 1, 0, 0, 0), new Day(EVENING, "TURKU", 3, 2, 0, 1, 0));

        Task task = house.bean(StaffTasks.class).open().getFirst();
        assertThat(task.kind()).isEqualTo(Kind.RETURN_REFUSED);
        assertThat(task.item()).isEqualTo("3999999999");
        assertThat(task.patron()).isEmpty();
        assertThat(house.bean(StaffTasks.class).decide(task.id(), true, "maija", "Found on the shelf"))
                .isTrue();
        assertThat(house.bean(StaffTasks.class).decide(task.id(), false, "matti", ""))
                .isFalse();
        assertThat(house.bean(StaffTasks.class).open()).isEmpty();
        assertThat(days()).contains(new Day(EVENING, "TURKU", 3, 2, 0, 1, 0));
        assertThat(house.value(String.class, "select who from journal_chain where kind = 'DONE_BY_STAFF'"))
                .isEqualTo("maija");
        assertThat(looked()).allSatisfy(chain -> assertThat(chain.broken()).isEmpty());
    }

    @Test
    void keepsTheCountWhenTheRowsAreGone() {
        turku.bringBack("3000000011");
        house.clock().pass(Duration.ofDays(15));
        house.bean(Journal.class).forget();
        assertThat(house.value(Integer.class, "select count(*) from journal")).isZero();
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 1, 0, 0, 0));
    }

    @Test
    void countsNoRefusedReturnNoLoanAndNothingThatWasTakenBack() {
        turku.lend(MAKELA, "3000000011");
        turku.bringBack("3999999999");
        turku.send(turku.checkin("3000000011", turku.tick(), true, Optional.empty()));
        assertThat(days()).isEmpty();
    }

    @Test
    void saysThatSomethingIsMissingWhereTheJournalLostIt() {
        backend.breaks(Fault.SILENT);
        turku.bringBack("3000000011");
        house.jdbc().sql("delete from journal").update();
        assertThat(days()).containsExactly(new Day(EVENING, "TURKU", 1, 0, 0, 0, 1));
    }

    @Test
    void takesADayFromMidnightToMidnightOfTheConsortium() {
        house.clock().pass(Duration.ofHours(4).plusMinutes(29));
        turku.bringBack("3000000011");
        house.clock().pass(Duration.ofMinutes(2));
        turku.bringBack("3000000035");
        assertThat(days()).extracting(Day::day).containsExactly(EVENING.plusDays(1), EVENING);
    }
}

package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

/** A change in the embedded store and its row of the journal: both or neither, whatever breaks. */
class OneTransactionTest {
    private static final String MAKELA = "2000012345";
    private static final String HEINO = "2000012395";
    private static final String ITEM = "3000000011";

    private static BackHalf house;
    private Asking turku;

    /** Listens, and fails when it is told to. */
    static class Deaf {
        private final LateWrites writes;
        private volatile boolean failing;
        private volatile boolean failingLate;

        Deaf(LateWrites writes) {
            this.writes = writes;
        }

        @EventListener
        void on(CirculationEvent event) {
            if (failing) {
                throw new IllegalStateException("told of " + event.getClass().getSimpleName());
            }
            if (failingLate) {
                writes.sql("insert into loans (item) values (:item)")
                        .param("item", "nothing")
                        .later();
            }
        }
    }

    @BeforeAll
    static void start() {
        house = BackHalf.startWith(Deaf.class);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        await(() -> house.bean(LibrarySystems.class).speaking());
        house.clock().reset();
        house.jdbc().sql("delete from journal").update();
        house.jdbc()
                .sql("delete from loans where item = :item")
                .param("item", ITEM)
                .update();
        house.jdbc().sql("delete from try_counts").update();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    @Test
    void writesTheLoanAndItsRowInOneTransaction() {
        assertThat(turku.lend(MAKELA, ITEM).ok()).isTrue();

        // xmin: the transaction that wrote this version of a row (PostgreSQL, 5.6 System Columns).
        assertThat(house.value(Integer.class, """
                        select count(*) from journal j
                          join loans l on l.item = j.item and l.xmin = j.xmin
                          join journal_chain c on c.journal_id = j.id and c.xmin = j.xmin
                         where j.item = ? and j.state = 'SETTLED' and j.ok
                        """, ITEM))
                .as("one for each line of the chain")
                .isEqualTo(2);
    }

    @Test
    void writesARefusalDown() {
        turku.lend(MAKELA, ITEM);

        assertThat(turku.lend(HEINO, ITEM).ok()).isFalse();

        assertThat(states()).containsExactly("SETTLED true", "SETTLED false");
    }

    @Test
    void answersARepeatAndDoesNotLendTwice() {
        Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());

        CheckoutResponse first = turku.send(checkout);

        assertThat(turku.send(checkout)).isEqualTo(first);
        assertThat(states()).containsExactly("SETTLED true");
    }

    @Test
    void makesOneOfTwoAtTheSameMoment() throws Exception {
        for (int turn = 0; turn < 20; turn++) {
            Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
            CompletableFuture<CheckoutResponse> one = CompletableFuture.supplyAsync(() -> turku.send(checkout));
            CompletableFuture<CheckoutResponse> other = CompletableFuture.supplyAsync(() -> turku.send(checkout));

            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(other.get(10, TimeUnit.SECONDS));
            assertThat(loans()).isOne();
            assertThat(turku.bringBack(ITEM).ok()).isTrue();
        }
        assertThat(states()).hasSize(40);
    }

    /** What fails only when it is committed: nobody can know whether it was, so nothing is said; the repeat finds out. */
    @Test
    void saysNothingWhenTheCommitFailsAndDoesItOnTheRepeat() {
        house.jdbc().sql("""
                        create function fails() returns trigger language plpgsql as
                        'begin raise exception ''at the commit''; end'
                        """).update();
        house.jdbc().sql("""
                        create constraint trigger fails after insert on loans deferrable initially deferred
                           for each row execute function fails()
                        """).update();
        Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
        try {
            assertThatThrownBy(() -> turku.send(checkout)).isInstanceOf(JournalSilentException.class);
            assertThat(states()).isEmpty();
            assertThat(loans()).isZero();
        } finally {
            house.jdbc().sql("drop function fails() cascade").update();
        }
        await(() -> house.bean(LibrarySystems.class).speaking());

        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(loans()).isOne();
    }

    /** Its connection is cut while it waits for the item, as when the gateway is killed. */
    @Test
    void leavesNothingBehindWhenItIsCutOff() throws Exception {
        turku.lend(MAKELA, ITEM);
        CompletableFuture<CheckinResponse> cut;
        try (Connection other = connection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select from items where number = '" + ITEM + "' for update");
            cut = CompletableFuture.supplyAsync(() -> turku.bringBack(ITEM));
            await(() -> waiting() == 1);
            house.jdbc().sql("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                             where datname = current_database() and wait_event_type = 'Lock'
                            """).query((_, _) -> true).list();
            // The return is promised instead, and that is on the disk.
            assertThat(cut.get(10, TimeUnit.SECONDS).ok()).isTrue();
            assertThat(states()).containsExactly("SETTLED true", "WAITING true");
            assertThat(loans()).isOne();
            other.rollback();
        }

        await(() -> states().equals(List.of("SETTLED true", "SETTLED true")));
        assertThat(loans()).isZero();
    }

    @Test
    void doesItWithoutTellingWhenSomebodyWhoListensFails() {
        house.bean(Deaf.class).failing = true;
        try {
            assertThat(turku.lend(MAKELA, ITEM).ok()).isTrue();
        } finally {
            house.bean(Deaf.class).failing = false;
        }

        assertThat(states()).containsExactly("SETTLED true");
        assertThat(loans()).isOne();
    }

    @Test
    void doesItWithoutTellingWhenWhatSomebodyWhoListensWritesFails() {
        house.bean(Deaf.class).failingLate = true;
        try {
            assertThat(turku.lend(MAKELA, ITEM).ok()).isTrue();
        } finally {
            house.bean(Deaf.class).failingLate = false;
        }

        assertThat(states()).containsExactly("SETTLED true");
        assertThat(loans()).isOne();
    }

    /** Rolled back is not done: there is nothing to ask about, and the terminal need not ask again and again. */
    @Test
    void refusesWhatFailsByAFaultOfOurs() {
        OneTransaction transaction = house.bean(OneTransaction.class);
        Change change = Change.of(turku.checkout(MAKELA, ITEM, turku.tick())).orElseThrow();

        Asked embedded =
                Asked.only(house.bean(LibrarySystems.class).named("embedded").orElseThrow());

        assertThatThrownBy(() -> transaction.carryOut(change, BackHalf.TURKU, embedded, true, List.of(), () -> {
                    throw new IllegalStateException("a fault of ours");
                }))
                .isInstanceOf(BackendBusyException.class);

        assertThat(states()).isEmpty();
    }

    /** A wrong PIN is a try whatever becomes of the change. */
    @Test
    void countsAWrongPinThoughNothingElseIsWritten() {
        house.jdbc()
                .sql("alter table journal add constraint no_more check (item <> '" + ITEM + "')")
                .update();
        Checkout checkout = turku.checkout(HEINO, ITEM, turku.tick(), false, false, false, "000000");
        try {
            assertThatThrownBy(() -> turku.send(checkout)).isInstanceOf(JournalSilentException.class);
        } finally {
            house.jdbc().sql("alter table journal drop constraint no_more").update();
        }

        assertThat(house.value(Integer.class, "select count(*) from try_counts where subject like 'pin-card:%'"))
                .isOne();
        assertThat(loans()).isZero();
    }

    /** A change that waited so long that its terminal has turned to another gateway is not begun any more. */
    @Test
    void doesNotBeginWhatWaitedTooLong() throws Exception {
        CompletableFuture<CheckoutResponse> late;
        try (Connection other = connection()) {
            other.setAutoCommit(false);
            Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
            // Another copy of it is under way elsewhere and does not come to an end.
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(hashtextextended('kiosk-turku' || E'\\n' || '" + ITEM
                            + "' || E'\\n' || '" + checkout.transactionDate() + "', 0))");
            late = CompletableFuture.supplyAsync(() -> turku.send(checkout));
            assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(JournalSilentException.class);
            other.rollback();
        }

        await(() -> house.bean(LibrarySystems.class).speaking());
        assertThat(loans()).isZero();
        assertThat(states()).doesNotContain("SETTLED true");
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(
                house.database().url(),
                house.database().user(),
                house.database().password());
    }

    private static int waiting() {
        return house.value(Integer.class, """
                select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'
                """);
    }

    private static int loans() {
        return house.value(Integer.class, "select count(*) from loans where item = ? and returned_at is null", ITEM);
    }

    private static List<String> states() {
        return house.jdbc()
                .sql("select state || ' ' || ok from journal order by id")
                .query((row, _) -> row.getString(1))
                .list();
    }
}

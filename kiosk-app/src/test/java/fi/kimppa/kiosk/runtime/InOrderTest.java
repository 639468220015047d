package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.Eventually;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Timestamp;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be said on the live line while something waits on disk, or while nobody knows what does. */
class InOrderTest {
    private static final String ITEM = "3000000011";
    private static final String OTHER = "3000000028";
    private static final Timestamp THEN = new Timestamp("20261124    193000");

    @TempDir
    private Path folder;

    private final AtomicInteger hurried = new AtomicInteger();
    private Spool spool;
    private InOrder order;

    @BeforeEach
    void open() {
        spool = Spool.open(folder);
        order = new InOrder(spool, hurried::incrementAndGet);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    private static Checkin checkin(String item) {
        return new Checkin(
                false,
                THEN,
                THEN,
                "TURKU",
                "TURKU",
                item,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Checkout checkout(String card, boolean noBlock) {
        return new Checkout(
                false,
                noBlock,
                THEN,
                new Timestamp("20261208    235900"),
                "TURKU",
                card,
                ITEM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Nothing that is on disk can be opened any more. */
    private void turnOver() {
        sql("update returns set body = zeroblob(length(body))");
    }

    private void sql(String text) {
        try (Connection disk = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("returns.db"));
                Statement statement = disk.createStatement()) {
            statement.executeUpdate(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatHasNothingBeforeItMayGo() {
        assertThat(order.mayFollow(ITEM)).isTrue();
        spool.add(checkin(OTHER));
        assertThat(order.mayFollow(ITEM)).isTrue();
        assertThat(hurried).hasValue(0);
    }

    @Test
    void aLoanOnDiskAnswersItsOwnBorrowerAlone() {
        spool.add(checkout("2000012345", true));
        assertThat(order.standing(checkout("2000012345", false)))
                .hasValueSatisfying(answer -> assertThat(answer.dueDate()).isEqualTo("20261208    235900"));
        assertThat(order.standing(checkout("2000012353", false))).isEmpty();
        assertThat(order.standing(checkin(ITEM))).isEmpty();
    }

    @Test
    void whatCannotBeReadHoldsEverythingBackAndIsNotLost() {
        spool.add(checkin(ITEM));
        turnOver();
        long began = System.nanoTime();
        assertThat(order.mayFollow(ITEM)).isFalse();
        assertThat(order.mayFollow(OTHER)).as("it may be about any thing").isFalse();
        assertThat(order.standing(checkout("2000012345", false))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("nobody waits for it")
                .isLessThan(Duration.ofSeconds(5));
        assertThat(hurried).hasValue(2);
        spool.add(checkin(OTHER));
        assertThat(spool.size())
                .as("a return is taken all the same, and nothing is thrown away")
                .isEqualTo(2);
        sql("delete from returns");
        assertThat(order.mayFollow(ITEM)).isTrue();
    }

    @Test
    void staffHearOfItOnce() {
        spool.add(checkin(ITEM));
        turnOver();
        List<Incident> told = new CopyOnWriteArrayList<>();
        AtomicInteger rounds = new AtomicInteger();
        Supplier<Sip2Client> nobody = () -> {
            throw new IllegalStateException("nobody is to be called");
        };
        try (Replay replay = new Replay(
                spool,
                new LoanReplay(spool, told::add, () -> THEN, true, Duration.ofSeconds(10)),
                nobody,
                () -> {
                    rounds.incrementAndGet();
                    return true;
                },
                told::add,
                () -> {})) {
            replay.start();
            for (int i = 1; i <= 3; i++) {
                int wanted = i;
                replay.now();
                Eventually.eventually("a round", () -> rounds.get() >= wanted, rounds::get);
            }
            Eventually.eventually("a word to staff", () -> !told.isEmpty(), () -> told);
        }
        assertThat(told).containsExactly(new Incident(Incident.Kind.SPOOL_UNREADABLE, ""));
    }
}

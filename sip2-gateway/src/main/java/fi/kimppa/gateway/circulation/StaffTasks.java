package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What no machine could settle, for staff to look at. May be used by several threads. */
@Component
public class StaffTasks {
    /** How long a note of a decision may be, in characters. */
    public static final int LONGEST_NOTE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(StaffTasks.class);

    private final JdbcClient jdbc;
    private final Journal journal;

    StaffTasks(JdbcClient jdbc, Journal journal, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.journal = journal;
        Gauge.builder("kimppa.staff.tasks", this, StaffTasks::count)
                .description("Changes that staff must look at")
                .register(meters);
    }

    /** What there is to look at. */
    public enum Kind {
        /** A return that a patron was told is accepted; the library system refused it later. */
        RETURN_REFUSED,
        /** A loan or renewal that was made while the machine was off-line; it was refused afterwards. */
        LOAN_REFUSED,
        /** A thing that nobody owns; the branch takes such things. */
        NO_OWNER,
        /** A payment of which nobody can tell whether it was booked. */
        PAYMENT_UNCLEAR
    }

    /**
     * One thing to look at.
     *
     * @param since when the machine took it
     * @param item the item's number, or the fee's
     * @param patron the card, because staff cannot look it up otherwise; empty for a return
     * @param system the library system to look in; empty if none was found
     */
    public record Task(
            long id,
            Kind kind,
            Instant since,
            String branch,
            String terminal,
            String item,
            Optional<String> patron,
            Optional<String> system) {}

    /** Everything that is open, oldest first, at most five hundred. */
    public List<Task> open() {
        return journal.withStaff().stream().map(StaffTasks::task).toList();
    }

    private static Task task(JournalRow row) {
        Optional<Change> change = row.request().flatMap(Change::of);
        return new Task(
                row.id(),
                row.noOwner()
                        ? Kind.NO_OWNER
                        : change.map(Change::request).map(StaffTasks::kind).orElse(Kind.RETURN_REFUSED),
                row.openedAt(),
                row.terminal().branchCode(),
                row.terminal().login(),
                change.map(Change::item).orElse(""),
                change.flatMap(Change::card),
                row.backend().filter(_ -> !row.noOwner()));
    }

    private static Kind kind(Request request) {
        return switch (request) {
            case FeePaid _ -> Kind.PAYMENT_UNCLEAR;
            case Checkout _, Renew _ -> Kind.LOAN_REFUSED;
            default -> Kind.RETURN_REFUSED;
        };
    }

    /**
     * Settles one.
     *
     * @param done whether it is done now, in the library system
     * @param who the member of staff
     * @param note for colleagues, at most {@value #LONGEST_NOTE} characters
     * @return false if it was settled already
     */
    public boolean decide(long id, boolean done, String who, String note) {
        boolean first = journal.decided(id, done, who, note);
        if (first) {
            LOG.info("Journal row {}: {} decided that it is {}", id, who, done ? "done" : "not to be done");
        }
        return first;
    }

    private long count() {
        return jdbc.sql("select count(*) from journal where state = 'WITH_STAFF'")
                .query(Long.class)
                .single();
    }
}

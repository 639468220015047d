package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the journal has of a cut-over: what waits because of it, what was done in the new library system, and, after a roll back, the
 * doing again of returns in the old one. May be used by several threads.
 */
@Component
public class CutOverBooks {
    private static final Logger LOG = LoggerFactory.getLogger(CutOverBooks.class);
    private static final int MOST = 5_000;

    private final JdbcClient jdbc;
    private final Journal journal;
    private final Inquiry inquiry;
    private final LibrarySystems systems;
    private final Clock clock;

    CutOverBooks(JdbcClient jdbc, Journal journal, LibrarySystems systems, Inquiry inquiry, Clock clock) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.inquiry = inquiry;
        this.systems = systems;
        this.clock = clock;
    }

    /**
     * How many changes stand how.
     *
     * @param queued returns that were taken during the freeze
     * @param waiting of all returns and loans made off-line, those that no library system has yet
     * @param replayed of those taken during the freeze, those that a library system has taken since
     * @param withStaff what was refused afterwards and is a task for staff
     * @param moved changes that the new library system has made
     * @param leftBehind returns of things that the old one alone had, since the cut-over
     */
    public record Counts(long queued, long waiting, long replayed, long withStaff, long moved, long leftBehind) {}

    /** The figures of a cut-over as they are now. */
    public Counts counts(CutOver cutOver) {
        return jdbc.sql("""
                        select count(*) filter (where command = '09' and opened_at < :moves) as queued,
                               count(*) filter (where state = 'WAITING') as waiting,
                               count(*) filter (where command = '09' and opened_at < :moves and state = 'SETTLED' and ok) as replayed,
                               count(*) filter (where state = 'WITH_STAFF') as with_staff,
                               count(*) filter (where backend = :to and state = 'SETTLED' and ok) as moved,
                               count(*) filter (where backend = :from and opened_at >= :moves and state = 'SETTLED' and ok) as left_behind
                          from journal where cut_over = :id""")
                .param("moves", Journal.at(cutOver.movesAt()))
                .param("from", cutOver.from())
                .param("to", cutOver.to())
                .param("id", cutOver.id())
                .query((row, _) -> new Counts(
                        row.getLong("queued"),
                        row.getLong("waiting"),
                        row.getLong("replayed"),
                        row.getLong("with_staff"),
                        row.getLong("moved"),
                        row.getLong("left_behind")))
                .single();
    }

    /** What became of a return in the old library system after a roll back. */
    public enum Replay {
        /** It is no return, and never repeated by us. */
        NOT_OFFERED,
        /** Not done again yet. */
        OPEN,
        /** Done again, or not on loan there any more. */
        ACCEPTED,
        /** The old library system did not take it. */
        REFUSED
    }

    /**
     * A change that the new library system has made.
     *
     * @param command the request's two digits
     * @param item the item's number as the machine said it, or the fee's
     * @param card because staff cannot do it again otherwise; empty for a return
     */
    public record Moved(
            long id,
            Instant at,
            String branch,
            String terminal,
            String command,
            String item,
            Optional<String> card,
            Replay replay) {}

    /** What the new library system has done, oldest first, at most five thousand. */
    public List<Moved> moved(CutOver cutOver) {
        return rows(cutOver, "", MOST);
    }

    private List<Moved> rows(CutOver cutOver, String condition, int most) {
        return jdbc.sql("""
                        select j.id, j.opened_at, j.branch_code, j.terminal, j.command, j.item, j.card,
                               j.command = '09' and not j.cancel as return, r.accepted
                          from journal j left join cut_over_replays r on r.journal = j.id
                         where j.cut_over = :id and j.backend = :to and j.state = 'SETTLED' and j.ok
                        """ + condition + " order by j.opened_at, j.id limit :most")
                .param("id", cutOver.id())
                .param("to", cutOver.to())
                .param("most", most)
                .query((row, _) -> moved(row))
                .list();
    }

    private static Moved moved(ResultSet row) throws SQLException {
        Boolean accepted = row.getObject("accepted", Boolean.class);
        Replay replay = accepted == null
                ? row.getBoolean("return") ? Replay.OPEN : Replay.NOT_OFFERED
                : accepted ? Replay.ACCEPTED : Replay.REFUSED;
        return new Moved(
                row.getLong("id"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getString("branch_code"),
                row.getString("terminal"),
                row.getString("command"),
                row.getString("item"),
                Optional.ofNullable(row.getString("card")),
                replay);
    }

    /**
     * Does the returns that the new library system has taken again in the old one, oldest first, with their own date and "no block", and
     * stops when it does not answer. Harmless when done twice, so that two who do it at once do no harm. Blocks while it is at it.
     *
     * @param cutOver which is rolled back
     * @return how many are left to be done again
     */
    public long replay(CutOver cutOver) {
        String open = " and j.command = '09' and not j.cancel and r.journal is null and j.request is not null";
        Optional<LibrarySystem> old = systems.named(cutOver.from());
        List<Moved> returns = old.isEmpty() ? List.of() : rows(cutOver, open, MOST);
        for (Moved one : returns) {
            if (!replay(one, old.get())) {
                break;
            }
        }
        return rows(cutOver, open, MOST).size();
    }

    /** Returns false if the library system does not answer. */
    private boolean replay(Moved one, LibrarySystem old) {
        Terminal terminal = new Terminal(one.terminal(), Terminal.Kind.DESK, one.branch(), one.branch());
        Optional<JournalRow> row = journal.find(one.id());
        Optional<Checkin> original = row.flatMap(JournalRow::request)
                .filter(Checkin.class::isInstance)
                .map(Checkin.class::cast);
        if (original.isEmpty()) {
            return true;
        }
        Checkin again = Settler.again(original.get(), row.get().cameBack(original.get(), clock.getZone()));
        if (!(old.call(backend -> backend.checkin(again, terminal))
                instanceof Outcome.Answered(CheckinResponse said))) {
            return false;
        }
        Optional<Boolean> taken = said.ok() ? Optional.of(true) : arrivedBefore(original.get(), said, old, terminal);
        if (taken.isEmpty()) {
            return false;
        }
        jdbc.sql("insert into cut_over_replays (journal, at, accepted) values (:id, :now, :ok) on conflict do nothing")
                .param("id", one.id())
                .param("now", Journal.at(clock.instant()))
                .param("ok", taken.get())
                .update();
        LOG.info("Journal row {}: done again in {}, {}", one.id(), old.name(), taken.get() ? "taken" : "refused");
        return true;
    }

    /** Koha refuses the second of two: whether a thing is back there already; empty if the library system does not answer. */
    private Optional<Boolean> arrivedBefore(
            Checkin original, CheckinResponse refusal, LibrarySystem old, Terminal terminal) {
        return switch (inquiry.returned(original, refusal, old, terminal)) {
            case Inquiry.Finding.Silent _ -> Optional.empty();
            case Inquiry.Finding.Done _ -> Optional.of(true);
            default -> Optional.of(false);
        };
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LockedRead;
import fi.kimppa.gateway.database.LockedRead.Question;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the journal's rows, with what can be said of each from those around it. What depends on how long ago another gateway did
 * something is reckoned by the database's clock, which is the same for all. May be used by several threads.
 */
final class JournalReader {
    /** How many rows are read at once where there may be any number of them. */
    static final int AT_ONCE = 1_000;

    /** How many characters of a transaction date (YYYYMMDDZZZZHHMMSS) say the minute. */
    private static final int MINUTE = 16;

    private static final String COLUMNS = """
            select j.id, j.state, j.opened_at, j.backend, j.terminal, j.terminal_kind, j.branch_code, j.institution_id, j.request,
                   j.response, coalesce(j.ok, false) as ok, j.owed, j.no_owner, j.restored,
                   exists (select from journal later
                            where later.subject = j.subject and later.id > j.id
                              and not (later.state in ('SETTLED', 'WITH_STAFF') and later.ok is false)) as overtaken,
                   exists (select from journal later
                            where later.subject = j.subject and later.id > j.id
                              and later.state in ('OPEN', 'UNKNOWN')) as disputed,
                   exists (select from journal later
                            where later.subject = j.subject and later.id > j.id and later.ok is not false
                              and (later.state in ('SETTLED', 'WITH_STAFF')
                                   or (later.state = 'WAITING' and later.command = '09' and j.command = '09'
                                       and not exists (select from journal between_them
                                                        where between_them.item = j.item and between_them.state = 'WAITING'
                                                          and between_them.command <> '09'
                                                          and between_them.id > j.id and between_them.id < later.id)))) as history,
                   exists (select from journal later
                            where later.terminal = j.terminal and later.transaction_date = j.transaction_date
                              and later.id > j.id and coalesce(later.heard_at, later.opened_at)
                                    > coalesce(j.heard_at, j.opened_at) + interval '1 minute'
                              and not later.no_block and not j.no_block
                              and (later.command, later.item, later.card)
                                  is distinct from (j.command, j.item, j.card)) as clock_stood_still,
                   case when j.state <> 'SETTLED'
                        then exists (select from pg_locks
                                      where locktype = 'advisory' and classid::bigint = :locks and objid::bigint = j.gateway
                                        and objsubid = 2 and granted)
                             and coalesce(j.heard_at > clock_timestamp() - make_interval(secs => :recently), false)
                        else false end as live,
                   j.state = 'SETTLED'
                       and coalesce(j.moved_at > clock_timestamp() - make_interval(secs => :justNow), false) as just_settled,
                   coalesce(j.opened_at between j.heard_at - interval '1 minute' and j.heard_at + interval '1 minute', false)
                       as dated_well
              from journal j
            """;

    private static final String BEFORE = """
            select nextval('journal_id_seq') as fresh,
                   exists (select from journal where item = :item and state = 'WAITING') as returns_wait,
                   (select j.id from journal j
                     where j.terminal = :terminal and j.item = :item and %s
                       and j.command = :command and j.card is not distinct from :card
                       and (j.no_block = :noBlock or j.command = '09') and j.cancel = :cancel and j.fee_acknowledged = :fee
                       and j.detail = :detail and j.opened_at > :since
                     order by j.id desc
                     limit 1) as same
            """;

    private static final String BY_DATE = BEFORE.formatted("j.transaction_date = :date");

    /** A payment by its number, which is in the detail; the subject is what an index finds it by. */
    private static final String BY_NUMBER = BEFORE.formatted("j.subject = 'fees ' || :card || ' ' || :item");

    /**
     * A return that a machine tells from its disk, by the minute: it may have said it live just before the line broke. The subject is what an
     * index finds it by.
     */
    private static final String BY_MINUTE = BEFORE.formatted(
            "j.subject = 'item ' || :item and left(j.transaction_date, " + MINUTE + ") = left(:date, " + MINUTE + ")");

    private final JdbcClient jdbc;
    private final LockedRead locked;
    private final Deadlines deadlines;

    JournalReader(JdbcClient jdbc, LockedRead locked, Deadlines deadlines) {
        this.jdbc = jdbc;
        this.locked = locked;
        this.deadlines = deadlines;
    }

    /**
     * What there is before a change begins.
     *
     * @param fresh the number of its row, if it gets one
     * @param returnsWait whether returns of the same item wait
     * @param same the number of the last row of the same change
     */
    record Before(long fresh, boolean returnsWait, Optional<Long> same) {}

    /**
     * Locks the terminal's change of this thing with this date, or its payment with this number, so that two at once become one, and
     * reads what there is before it. What is known of the same change is read only when there is one, which is seldom.
     *
     * <p>All statements of the transaction are planned once for each connection and not for each change: they find a handful of rows by
     * an index whatever is asked for, and planning them takes longer than doing them.
     *
     * @param since how old a row of the same change may be: see {@link Journal#open}
     */
    Before before(Change change, Terminal terminal, Instant since) {
        return locked.first(new Question<>(
                        "change",
                        """
                        select set_config('plan_cache_mode', 'force_generic_plan', true),
                               pg_advisory_xact_lock(hashtextextended(:key, 0))
                        """,
                        change.numbered() ? BY_NUMBER : change.fromDisk() ? BY_MINUTE : BY_DATE,
                        of(change, terminal, since),
                        (row, _) -> before(row)))
                .orElseThrow();
    }

    private static MapSqlParameterSource of(Change change, Terminal terminal, Instant since) {
        return new MapSqlParameterSource()
                .addValue(
                        "key",
                        String.join(
                                "\n",
                                terminal.login(),
                                change.item(),
                                change.numbered() ? change.detail() : moment(change)))
                .addValue("terminal", terminal.login())
                .addValue("item", change.item())
                .addValue("date", change.transactionDate().text())
                .addValue("command", change.command())
                .addValue("card", change.card().orElse(null), Types.VARCHAR)
                .addValue("noBlock", change.noBlock())
                .addValue("cancel", change.cancel())
                .addValue("fee", change.feeAcknowledged())
                .addValue("detail", change.detail())
                .addValue("since", Journal.at(since));
    }

    /** Returns are told apart by the minute: see {@link #BY_MINUTE}. */
    private static String moment(Change change) {
        String date = change.transactionDate().text();
        return change.request() instanceof Checkin ? date.substring(0, MINUTE) : date;
    }

    private static Before before(ResultSet row) throws SQLException {
        return new Before(
                row.getLong("fresh"),
                row.getBoolean("returns_wait"),
                Optional.ofNullable(row.getObject("same", Long.class)));
    }

    /** The row with this id, if it is still there. */
    Optional<JournalRow> find(long id) {
        return jdbc.sql(COLUMNS + " where j.id = :id")
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("justNow", seconds(deadlines.backend()))
                .param("id", id)
                .query((row, _) -> row(row))
                .optional();
    }

    /**
     * Whether a return of the same thing has waited since before the change in this row was heard. Of one from before a restore nobody
     * knows what became of it since.
     */
    boolean behindReturns(long id) {
        return jdbc.sql("""
                        select exists (select from journal j
                                         join journal r on r.item = j.item and r.state = 'WAITING' and r.id < j.id
                                          and r.moved_at < j.heard_at and not r.restored
                                        where j.id = :id)
                        """).param("id", id).query(Boolean.class).single();
    }

    /**
     * Whether something of the same thing waits since before the change in this row and comes first: anything before a loan or renewal, and
     * one of those before a return. Of two returns the earlier is history, and nothing waits for it.
     */
    boolean inLine(long id) {
        return jdbc.sql("""
                        select exists (select from journal j
                                         join journal e on e.item = j.item and e.state = 'WAITING' and e.id < j.id
                                          and (e.command <> '09' or j.command <> '09')
                                        where j.id = :id)
                        """).param("id", id).query(Boolean.class).single();
    }

    /**
     * Whether the terminal of this row has sent later transaction dates since, and another one has changed the same thing after it. Only
     * then is a copy of it old: many a machine's clock knows minutes alone, and one that is set back says dates again.
     */
    boolean movedOn(long id) {
        return jdbc.sql("""
                        select exists (select from journal later
                                        where later.terminal = j.terminal and later.id > j.id and not later.no_block
                                          and substr(later.transaction_date, 9, 4) = substr(j.transaction_date, 9, 4)
                                          and later.transaction_date collate "C" > j.transaction_date)
                               and exists (select from journal later
                                            where later.subject = j.subject and later.id > j.id
                                              and later.terminal <> j.terminal
                                              and not (later.state in ('SETTLED', 'WITH_STAFF') and later.ok is false))
                          from journal j
                         where j.id = :id
                        """).param("id", id).query(Boolean.class).single();
    }

    /** See {@link Journal#paymentsAfter}. */
    List<LaterPayment> paymentsAfter(long id) {
        return jdbc.sql("""
                        select p.request, p.owed, p.state = 'SETTLED' as done, p.state in ('OPEN', 'UNKNOWN') as unfinished,
                               coalesce(p.sent_at > j.sent_at + make_interval(secs => :settle), false) as apart
                          from journal j
                          join journal p on p.card = j.card and p.command = '37' and p.backend = j.backend and p.id > j.id
                         where j.id = :id and p.sent_at is not null and not (p.state = 'SETTLED' and p.ok is false)
                         order by p.id
                        """)
                .param("id", id)
                .param("settle", seconds(deadlines.settle()))
                .query((row, _) -> laterPayment(row))
                .list();
    }

    private static LaterPayment laterPayment(ResultSet row) throws SQLException {
        return new LaterPayment(
                frame(row.getString("request"))
                        .map(Request::from)
                        .flatMap(
                                request -> request instanceof FeePaid payment ? payment.feeAmount() : Optional.empty()),
                Optional.ofNullable(row.getBigDecimal("owed")),
                row.getBoolean("done"),
                row.getBoolean("unfinished"),
                row.getBoolean("apart"));
    }

    /** The last change of the same thing that was done before the one in this row. */
    Optional<Figures.Done> doneBefore(long id) {
        return jdbc.sql("""
                        select terminal, terminal_kind, branch_code, institution_id, request, response, opened_at
                          from journal
                         where subject = (select subject from journal where id = :id) and id < :id
                           and state = 'SETTLED' and ok
                         order by id desc
                         limit 1
                        """)
                .param("id", id)
                .query((row, _) -> done(row))
                .optional()
                .flatMap(found -> found);
    }

    /** Empty once its request is erased. */
    private static Optional<Figures.Done> done(ResultSet row) throws SQLException {
        Terminal terminal = terminal(row);
        Instant taken = row.getObject("opened_at", OffsetDateTime.class).toInstant();
        Optional<Response> answer = frame(row.getString("response")).map(Response::from);
        return frame(row.getString("request"))
                .map(Request::from)
                .map(request -> new Figures.Done(terminal, taken, request, answer));
    }

    static Terminal terminal(ResultSet row) throws SQLException {
        return new Terminal(
                row.getString("terminal"),
                Terminal.Kind.valueOf(row.getString("terminal_kind")),
                row.getString("branch_code"),
                row.getString("institution_id"));
    }

    /**
     * Rows in this state, oldest first, at most {@link #AT_ONCE}.
     *
     * @param backend the library system that is asked; empty for the rows of which nobody could say which one
     * @param after id of the last row that was read before; 0 to begin
     */
    List<JournalRow> inState(State state, Optional<String> backend, long after) {
        // State and "is null" are part of the text, so that a plan for any values finds the few unfinished rows by
        // their index.
        return jdbc.sql(COLUMNS + """
                         where j.state = '%s' and j.backend %s and j.id > :after
                         order by j.id
                         limit :most
                        """.formatted(state, backend.isPresent() ? "= :backend" : "is null"))
                .param("after", after)
                .param("most", AT_ONCE)
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("justNow", seconds(deadlines.backend()))
                .param("backend", backend.orElse(null), Types.VARCHAR)
                .query((row, _) -> row(row))
                .list();
    }

    /** What of this item waits, oldest first. */
    List<JournalRow> waiting(String item) {
        return jdbc.sql(COLUMNS + " where j.item = :item and j.state = 'WAITING' order by j.id")
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("justNow", seconds(deadlines.backend()))
                .param("item", item)
                .query((row, _) -> row(row))
                .list();
    }

    /** Rows that staff must look at, oldest first, at most five hundred. */
    List<JournalRow> withStaff() {
        return jdbc.sql(COLUMNS + " where j.state = 'WITH_STAFF' order by j.opened_at, j.id limit 500")
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("justNow", seconds(deadlines.backend()))
                .query((row, _) -> row(row))
                .list();
    }

    private static JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                row.getLong("id"),
                State.valueOf(row.getString("state")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("live"),
                Optional.ofNullable(row.getString("backend")),
                terminal(row),
                frame(row.getString("request")).map(Request::from),
                frame(row.getString("response")).map(Response::from),
                row.getBoolean("ok"),
                Optional.ofNullable(row.getBigDecimal("owed")),
                row.getBoolean("no_owner"),
                row.getBoolean("overtaken"),
                row.getBoolean("disputed"),
                row.getBoolean("history"),
                row.getBoolean("clock_stood_still"),
                row.getBoolean("just_settled"),
                row.getBoolean("restored"),
                row.getBoolean("dated_well"));
    }

    static Optional<Frame> frame(@Nullable String wire) {
        return wire != null
                        && Journal.CODEC.decode(wire.getBytes(StandardCharsets.UTF_8))
                                instanceof Decoded.Complete complete
                ? Optional.of(complete.frame())
                : Optional.empty();
    }

    /** What is open longer has lost its end with the database, and nobody waits for it any more. */
    private double recently() {
        return seconds(deadlines.kiosk().multipliedBy(2));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every exchange that changes something, durable before it leaves the gateway and after it is answered. Each call is
 * a committed transaction of its own. Never holds a password; card numbers only as long as a repeat may come.
 */
@Component
class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    private static final String COLUMNS = """
            select j.id, j.state, j.backend, j.terminal, j.terminal_kind, j.branch_code, j.institution_id, j.request,
                   j.response, coalesce(j.ok, false) as ok, j.owed,
                   exists (select from journal later
                            where later.subject = j.subject and later.id > j.id
                              and not (later.state = 'SETTLED' and later.ok = false)) as overtaken,
                   exists (select from journal later
                            where later.terminal = j.terminal and later.transaction_date = j.transaction_date
                              and later.id > j.id and later.opened_at > j.opened_at + interval '1 minute'
                              and not later.no_block and not j.no_block
                              and (later.command, later.item, later.card)
                                  is distinct from (j.command, j.item, j.card)) as clock_stood_still,
                   exists (select from pg_locks
                            where locktype = 'advisory' and classid::bigint = :locks and objid::bigint = j.gateway
                              and objsubid = 2 and granted) and j.opened_at > :recently as live
              from journal j
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Presence presence;
    private final JournalSettings settings;
    private final Deadlines deadlines;
    private final Clock clock;

    Journal(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Presence presence,
            JournalSettings settings,
            Deadlines deadlines,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.events = events;
        this.presence = presence;
        this.settings = settings;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** What opening a row found. */
    sealed interface Opening {
        /** The row was written: go on. */
        record New(long id) implements Opening {}

        /** The same change is in the journal and may answer or must be settled first. */
        record Known(JournalRow row) implements Opening {}
    }

    /**
     * Writes the row of a change, unless the journal knows the same change from the last hours: same terminal,
     * command, card, item, transaction date, no block, cancel, fee acknowledged and detail. Two at once become one.
     *
     * <p>A change that was done answers its repeat only while no later one has overtaken it (see {@link Change}), and
     * only if the terminal's clock moved: where the same terminal sent something else with the same transaction date
     * more than a minute later, two real changes would look alike, and the second must be carried out.
     *
     * @param backend the library system that is asked; empty while nobody can say which one
     */
    Opening open(Change change, Terminal terminal, Optional<String> backend) {
        return required(transaction.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                    .param("key", terminal.login() + '\n' + change.item() + '\n' + change.transactionDate())
                    .query((_, _) -> true)
                    .single();
            Optional<JournalRow> known = same(change, terminal)
                    .filter(row -> row.state() != State.SETTLED
                            || (row.ok() && row.response().isPresent() && !row.overtaken() && !row.clockStoodStill()));
            return known.<Opening>map(Opening.Known::new)
                    .orElseGet(() -> new Opening.New(insert(change, terminal, backend)));
        }));
    }

    private Optional<JournalRow> same(Change change, Terminal terminal) {
        return jdbc.sql(COLUMNS + """
                         where j.terminal = :terminal and j.item = :item and j.transaction_date = :date
                           and j.command = :command and j.card is not distinct from :card
                           and j.no_block = :noBlock and j.cancel = :cancel and j.fee_acknowledged = :fee
                           and j.detail = :detail and j.opened_at > :since
                         order by j.id desc
                         limit 1
                        """)
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("terminal", terminal.login())
                .param("item", change.item())
                .param("date", change.transactionDate().text())
                .param("command", change.command())
                .param("card", change.card().orElse(null), Types.VARCHAR)
                .param("noBlock", change.noBlock())
                .param("cancel", change.cancel())
                .param("fee", change.feeAcknowledged())
                .param("detail", change.detail())
                .param("since", at(clock.instant().minus(settings.repeats())))
                .query((row, _) -> row(row))
                .optional();
    }

    private long insert(Change change, Terminal terminal, Optional<String> backend) {
        return jdbc.sql("""
                        insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code,
                                             institution_id, card, item, transaction_date, no_block, cancel,
                                             fee_acknowledged, detail, request, opened_at)
                        values (:gateway, :backend, :command, 'OPEN', :terminal, :kind, :branch, :institution, :card,
                                :item, :date, :noBlock, :cancel, :fee, :detail, :request, :now)
                        returning id
                        """)
                .param("gateway", presence.number())
                .param("backend", backend.orElse(null), Types.VARCHAR)
                .param("command", change.command())
                .param("terminal", terminal.login())
                .param("kind", terminal.kind().name())
                .param("branch", terminal.branchCode())
                .param("institution", terminal.institutionId())
                .param("card", change.card().orElse(null), Types.VARCHAR)
                .param("item", change.item())
                .param("date", change.transactionDate().text())
                .param("noBlock", change.noBlock())
                .param("cancel", change.cancel())
                .param("fee", change.feeAcknowledged())
                .param("detail", change.detail())
                .param("request", wire(change.request().toFrame()))
                .param("now", at(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** The row with this id, if it is still there. */
    Optional<JournalRow> find(long id) {
        return jdbc.sql(COLUMNS + " where j.id = :id")
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("id", id)
                .query((row, _) -> row(row))
                .optional();
    }

    /**
     * Rows in this state, oldest first, at most a thousand.
     *
     * @param backend the library system that is asked; empty for the rows of which nobody could say which one
     */
    List<JournalRow> inState(State state, Optional<String> backend) {
        return jdbc.sql(COLUMNS + """
                         where j.state = :state and j.backend is not distinct from :backend
                         order by j.id
                         limit 1000
                        """)
                .param("locks", Presence.LOCKS)
                .param("recently", recently())
                .param("state", state.name())
                .param("backend", backend.orElse(null), Types.VARCHAR)
                .query((row, _) -> row(row))
                .list();
    }

    /** Says which library system is to be asked, now that it is known. */
    void assign(long id, String backend) {
        jdbc.sql("update journal set backend = :backend where id = :id and backend is null")
                .param("backend", backend)
                .param("id", id)
                .update();
    }

    /** Whether a return of this item waits for the backend. */
    boolean returnWaits(String item) {
        return jdbc.sql("select exists (select from journal where item = :item and state = 'WAITING')")
                .param("item", item)
                .query(Boolean.class)
                .single();
    }

    // ---- what became of it -------------------------------------------------------------------------------

    /**
     * Settles a row that was done, and tells the others in the same transaction.
     *
     * @param response kept for repeats; empty where only the fact is known
     * @return false if it was settled already
     */
    boolean done(long id, Optional<Response> response, Optional<CirculationEvent> event) {
        return move("""
                update journal set state = 'SETTLED', ok = true, settled_at = :now,
                       response = coalesce(:response, response)
                 where id = :id and state <> 'SETTLED'
                """, id, response, event);
    }

    /** Settles a row that changed nothing. */
    boolean notDone(long id) {
        return move("""
                update journal set state = 'SETTLED', ok = false, settled_at = :now, response = :response
                 where id = :id and state <> 'SETTLED'
                """, id, Optional.empty(), Optional.empty());
    }

    /** Nobody knows what became of an open row. */
    void unknown(long id) {
        move(
                "update journal set state = 'UNKNOWN', response = :response where id = :id and state = 'OPEN'",
                id,
                Optional.empty(),
                Optional.empty());
    }

    /** A return is promised; it is done when the backend is back. */
    void waiting(long id, Response promise, CirculationEvent event) {
        move(
                "update journal set state = 'WAITING', ok = true, response = :response where id = :id and state = 'OPEN'",
                id,
                Optional.of(promise),
                Optional.of(event));
    }

    /** The backend refused what was promised, or nobody can find out what became of it. */
    void withStaff(long id, CirculationEvent event) {
        move("""
                update journal set state = 'WITH_STAFF', response = coalesce(:response, response)
                 where id = :id and state in ('OPEN', 'UNKNOWN', 'WAITING')
                """, id, Optional.empty(), Optional.of(event));
    }

    /** Notes what the patron owed just before a payment: without it nobody could tell later whether it was booked. */
    void owed(long id, BigDecimal amount) {
        jdbc.sql("update journal set owed = :amount where id = :id")
                .param("amount", amount)
                .param("id", id)
                .update();
    }

    /** Moves a row on and tells the others, in one transaction; if one of them fails, moves it on without telling. */
    private boolean move(String sql, long id, Optional<Response> response, Optional<CirculationEvent> event) {
        try {
            return required(transaction.execute(_ -> {
                boolean moved = update(sql, id, response);
                if (moved) {
                    event.ifPresent(events::publishEvent);
                }
                return moved;
            }));
        } catch (RuntimeException e) {
            if (event.isEmpty()) {
                throw e;
            }
            LOG.error("Somebody who listens to circulation failed; journal row {} moves on without it", id, e);
            return required(transaction.execute(_ -> update(sql, id, response)));
        }
    }

    private boolean update(String sql, long id, Optional<Response> response) {
        return jdbc.sql(sql)
                        .param("now", at(clock.instant()))
                        .param("response", response.map(Journal::wire).orElse(null), Types.VARCHAR)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Clears who it was about, then deletes, as the settings say. Unfinished rows stay. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        Instant now = clock.instant();
        int cleared =
                jdbc.sql("""
                        update journal set card = null, request = null, response = null, detail = '', owed = null
                         where state = 'SETTLED' and settled_at < :before
                           and (card is not null or request is not null or response is not null)
                        """).param("before", at(now.minus(settings.repeats()))).update();
        int deleted = jdbc.sql("delete from journal where state = 'SETTLED' and settled_at < :before")
                .param("before", at(now.minus(settings.rows())))
                .update();
        LOG.info("Journal: {} rows no longer name anybody, {} rows deleted", cleared, deleted);
    }

    // ---- forms -------------------------------------------------------------------------------------------

    private static JournalRow row(ResultSet row) throws SQLException {
        return new JournalRow(
                row.getLong("id"),
                State.valueOf(row.getString("state")),
                row.getBoolean("live"),
                Optional.ofNullable(row.getString("backend")),
                new Terminal(
                        row.getString("terminal"),
                        Terminal.Kind.valueOf(row.getString("terminal_kind")),
                        row.getString("branch_code"),
                        row.getString("institution_id")),
                frame(row.getString("request")).map(Request::from),
                frame(row.getString("response")).map(Response::from),
                row.getBoolean("ok"),
                Optional.ofNullable(row.getBigDecimal("owed")),
                row.getBoolean("overtaken"),
                row.getBoolean("clock_stood_still"));
    }

    private static String wire(Response response) {
        return wire(response.toFrame());
    }

    private static String wire(Frame frame) {
        String line = new String(CODEC.encode(frame, false), StandardCharsets.UTF_8);
        return line.substring(
                0, line.length() - WireProfile.DEFAULT.terminator().text().length());
    }

    private static Optional<Frame> frame(@Nullable String wire) {
        return wire != null && CODEC.decode(wire.getBytes(StandardCharsets.UTF_8)) instanceof Decoded.Complete complete
                ? Optional.of(complete.frame())
                : Optional.empty();
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the transaction had no result");
        }
        return value;
    }

    /** What is open longer has lost its end with the database, and nobody waits for it any more. */
    private OffsetDateTime recently() {
        return at(clock.instant().minus(deadlines.kiosk().multipliedBy(2)));
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.ChainLine.Kind;
import fi.kimppa.gateway.circulation.JournalInsert.NewRow;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.Absence;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.gateway.database.LockedRead;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every exchange that changes something, durable before it leaves the gateway and after it is answered. Each call is
 * a committed transaction of its own, or part of the one that is under way ({@link OneTransaction}). Never holds a password; card numbers only as long as a repeat may come.
 */
@Component
class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    /** What the digest of a row covers, from the columns of {@code j}: the same as in {@link NewRow}. */
    static final String CONTENT = """
            concat_ws(E'\\n', j.terminal, j.command, coalesce(j.card, ''), j.item, j.transaction_date, j.detail, j.request)
            """;

    private static final String MOVED = " returning id, terminal, terminal_kind, institution_id, command, branch_code,"
            + " cancel, salt, opened_at, request, response";
    /** How long staff have for what a roll back leaves to be done. */
    static final Duration AFTER_A_CUT_OVER = Duration.ofDays(14);

    private static final String NOT_DONE = """
            update journal set state = 'SETTLED', ok = false, settled_at = :now, response = :response,
                   salt = coalesce(salt, :salt), moved_at = clock_timestamp()
             where id = :id and state in ('OPEN', 'UNKNOWN')
            """;

    private static final String NOT_OF_A_CUT_OVER = """
             and not exists (select from cut_overs c
                              where c.id = journal.cut_over
                                and (c.ended is null or (c.ended = 'ROLLED_BACK' and c.ended_at > :ended)))
            """;

    private final JdbcClient jdbc;
    private final JournalChain chain;
    private final Figures figures;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final JournalSettings settings;
    private final JournalReader reader;
    private final JournalInsert insert;
    private final LateWrites writes;
    private final JournalWatch watch;
    private final Clock clock;

    Journal(
            JdbcClient jdbc,
            JournalChain chain,
            Figures figures,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Presence presence,
            JournalSettings settings,
            Deadlines deadlines,
            LateWrites writes,
            LockedRead locked,
            JournalWatch watch,
            Clock clock) {
        this.jdbc = jdbc;
        this.chain = chain;
        this.figures = figures;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(
                Math.toIntExact(Math.max(1, deadlines.backend().toSeconds() - 1)));
        this.events = events;
        this.settings = settings;
        this.writes = writes;
        this.watch = watch;
        this.clock = clock;
        this.reader = new JournalReader(jdbc, locked, deadlines);
        this.insert = new JournalInsert(writes, chain, presence, clock);
    }

    /** What opening a change came to. */
    sealed interface Opening {
        /** What looking for a change found. */
        sealed interface Seen extends Opening {}

        /**
         * The journal does not know it: go on.
         *
         * @param id the number of its row
         * @param returnsWait whether returns of the same item wait
         */
        record New(long id, boolean returnsWait) implements Seen {}

        /** The same change is in the journal and may answer or must be settled first. */
        record Known(JournalRow row) implements Seen {}

        /**
         * The same change was done, and its machine and its thing have moved on since: what comes now is a copy that has lain on the way,
         * and whoever said it was answered long ago.
         */
        record Old() implements Seen {}

        /** Returns of the same item wait and come first; nothing was written. */
        record ReturnsWait() implements Opening {}
    }

    /**
     * Writes the row of a change, unless the journal knows the same change from the last hours: same terminal,
     * command, card, item, transaction date, no block, cancel, fee acknowledged and detail. Two at once become one. A payment with a
     * number (BK) is known by that and not by its date.
     *
     * <p>A change that was done answers its repeat only while no later one has overtaken it (see {@link Change}), and
     * only if the terminal's clock moved: where the same terminal sent something else with the same transaction date
     * more than a minute later, two real changes would look alike, and the second must be carried out. Where another terminal's change has
     * overtaken it and its own terminal has sent later dates since, it is a copy that was long on the way ({@link Opening.Old}). A change that was refused without
     * anybody having been asked is refused again within the backend's deadline, and after that it is new.
     *
     * @param backend the library system that is asked; empty while nobody can say which one
     * @param cutOver number of the cut-over under way in the municipality that it belongs to
     * @param first whether returns of the same item that wait come first
     */
    Opening open(Change change, Terminal terminal, Optional<String> backend, OptionalLong cutOver, boolean first) {
        return together(() -> {
            Opening.Seen found = look(change, terminal);
            if (found instanceof Opening.New(long id, boolean wait)) {
                if (wait && first) {
                    return new Opening.ReturnsWait();
                }
                insert.open(new NewRow(id, change, terminal, backend, cutOver));
            }
            return found;
        });
    }

    /**
     * Looks for the same change as {@link #open} does, and writes nothing yet. Within a transaction, which keeps everybody else from
     * the same change until it ends; it ends with one of those below, if it found none.
     */
    Opening.Seen look(Change change, Terminal terminal) {
        JournalReader.Before before =
                reader.before(change, terminal, clock.instant().minus(settings.repeats()));
        Optional<JournalRow> same = before.same().flatMap(reader::find);
        if (same.filter(row -> answers(row, change)).isPresent()) {
            return new Opening.Known(same.get());
        }
        boolean old = same.filter(row -> row.ok() && row.overtaken() && !change.noBlock() && reader.movedOn(row.id()))
                .isPresent();
        return old ? new Opening.Old() : new Opening.New(before.fresh(), before.returnsWait());
    }

    /** Whether a repeat waits for what became of this row, or is answered as it was. */
    private static boolean answers(JournalRow row, Change repeat) {
        return row.state() != State.SETTLED
                || (row.response().isPresent()
                        && (row.ok() || row.justSettled())
                        && (repeat.numbered() || (!row.overtaken() && !row.clockStoodStill())));
    }

    /** Whether a repeat of this change would be answered as it was. */
    boolean answers(Change change, Terminal terminal) {
        return together(() -> look(change, terminal) instanceof Opening.Known(JournalRow row)
                && row.response().isPresent());
    }

    /** Writes down a change that was done in the transaction that is under way, and counts it. */
    void done(NewRow row, Response answer) {
        Instant taken = insert.ended(row, Kind.DONE, Optional.of(answer));
        if (row.change().cancel()) {
            // What it takes back is looked for from its own row on.
            writes.flush();
        }
        figures.count(
                new Figures.Done(row.terminal(), taken, row.change().request(), Optional.of(answer)),
                row.change().cancel() ? reader.doneBefore(row.id()) : Optional.empty());
    }

    /** Writes down a change that was refused in the transaction that is under way. */
    void notDone(NewRow row) {
        insert.ended(row, Kind.NOT_DONE, Optional.empty());
    }

    /** As {@link #refusedAfterwards(long, Response, Optional)}, in the transaction that is under way. */
    void refusedAfterwards(NewRow row, Response refusal) {
        insert.ended(row, Kind.WITH_STAFF, Optional.of(refusal));
    }

    /** The row with this id, if it is still there. */
    Optional<JournalRow> find(long id) {
        return reader.find(id);
    }

    /**
     * Rows in this state, oldest first, at most {@link JournalReader#AT_ONCE}.
     *
     * @param backend the library system that is asked; empty for the rows of which nobody could say which one
     * @param after id of the last row that was read before; 0 to begin
     */
    List<JournalRow> inState(State state, Optional<String> backend, long after) {
        return reader.inState(state, backend, after);
    }

    /** Rows that staff must look at, oldest first, at most five hundred. */
    List<JournalRow> withStaff() {
        return reader.withStaff();
    }

    /** Says which library system is to be asked, now that it is known. */
    void assign(long id, String backend) {
        jdbc.sql("update journal set backend = :backend where id = :id and backend is null")
                .param("backend", backend)
                .param("id", id)
                .update();
    }

    /**
     * Says that another library system is to be asked than was written down, since the municipality has changed it.
     *
     * @param backend empty while nobody is asked, or nobody can say which one
     */
    void reassign(long id, Optional<String> backend) {
        jdbc.sql("update journal set backend = :backend where id = :id and state in ('OPEN', 'UNKNOWN', 'WAITING')")
                .param("backend", backend.orElse(null), Types.VARCHAR)
                .param("id", id)
                .update();
    }

    /** Whether a return of the same thing has waited since before the change in this row was heard. */
    boolean behindReturns(long id) {
        return reader.behindReturns(id);
    }

    /** What the journal knows of the payments of a card, to one library system, that were begun after the one in this row; oldest first. */
    List<LaterPayment> paymentsAfter(long id) {
        return reader.paymentsAfter(id);
    }

    /** Whether something that was taken before the change in this row waits and comes first. */
    boolean inLine(long id) {
        return reader.inLine(id);
    }

    /** What of this item waits for the backend, oldest first. */
    List<JournalRow> waiting(String item) {
        return reader.waiting(item);
    }

    // ---- what became of it -------------------------------------------------------------------------------

    /**
     * Settles a row that was done, counts it and tells the others in the same transaction.
     *
     * <p>Where the patron had been promised it, the promise stays the answer to a repeat.
     *
     * @param answer what the library system said; empty where only the fact is known
     * @return false if it was settled already
     */
    boolean done(long id, Optional<Response> answer, Optional<CirculationEvent> event) {
        return move(Kind.DONE, """
                update journal set state = 'SETTLED', ok = true, settled_at = :now,
                       response = case when state = 'WAITING' then response else coalesce(:response, response) end,
                       salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                 where id = :id and state <> 'SETTLED'
                """, id, answer, event);
    }

    /**
     * Settles a row that changed nothing. One that was promised meanwhile, or that staff have, stays as it is.
     *
     * @param refusal what the terminal was told without anybody having been asked; it answers a repeat within the backend's deadline
     */
    boolean notDone(long id, Optional<Response> refusal) {
        return move(Kind.NOT_DONE, NOT_DONE, id, refusal, Optional.empty());
    }

    /**
     * Settles a payment of which nobody has noted that it is sent. Whoever notes it at the same moment ({@link #owed}) sends it, and then it
     * stays as it is.
     */
    boolean notSent(long id) {
        return move(
                Kind.NOT_DONE,
                NOT_DONE + " and owed is null and sent_at is null",
                id,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What has happened already, while the machine was off-line, is refused: staff must look.
     *
     * @param refusal what the machine is told, now and at each repeat
     * @return false if it had ended, or was promised, already
     */
    boolean refusedAfterwards(long id, Response refusal, Optional<CirculationEvent> event) {
        return move(Kind.WITH_STAFF, """
                update journal set state = 'WITH_STAFF', ok = false, response = :response,
                       salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                 where id = :id and state in ('OPEN', 'UNKNOWN')
                """, id, Optional.of(refusal), event);
    }

    /** Nobody knows what became of an open row. */
    void unknown(long id) {
        move(Kind.UNKNOWN, """
                update journal set state = 'UNKNOWN', response = :response, salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                 where id = :id and state = 'OPEN'
                """, id, Optional.empty(), Optional.empty());
    }

    /**
     * What can wait is promised; it is done when the backend is back.
     *
     * @param sent whether the library system may have it already
     * @return false if it had ended or was promised already
     */
    boolean waiting(long id, Response promise, boolean sent, Optional<CirculationEvent> event) {
        return move(
                Kind.WAITING, """
                update journal set state = 'WAITING', ok = true, response = :response, salt = coalesce(salt, :salt), moved_at = clock_timestamp(),
                       sent_at = %s
                 where id = :id and state in ('OPEN', 'UNKNOWN')
                """.formatted(sent ? "clock_timestamp()" : "sent_at"), id, Optional.of(promise), event);
    }

    /** The backend refused what was promised, or nobody can find out what became of it. */
    void withStaff(long id, CirculationEvent event) {
        move(Kind.WITH_STAFF, """
                update journal set state = 'WITH_STAFF', response = coalesce(:response, response),
                       salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                 where id = :id and state in ('OPEN', 'UNKNOWN', 'WAITING')
                """, id, Optional.empty(), Optional.of(event));
    }

    /**
     * A thing that nobody owns was taken, or turned out to be one after it was promised.
     *
     * @param answer what the machine is told; empty where it was told before
     * @return false if the row was settled already
     */
    boolean noOwner(long id, Optional<Response> answer, CirculationEvent event) {
        return move(Kind.WITH_STAFF, """
                update journal set state = 'WITH_STAFF', ok = true, no_owner = true,
                       response = coalesce(:response, response), salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                 where id = :id and state in ('OPEN', 'WAITING')
                """, id, answer, Optional.of(event));
    }

    /**
     * Notes that a payment is sent now, and what the patron owed just before: without the first nobody could tell later whether it was
     * sent at all, and without the second whether it was booked.
     *
     * @param amount empty where the library system does not say
     * @return false if the row has ended meanwhile, and then nothing may be sent
     */
    boolean owed(long id, Optional<BigDecimal> amount) {
        return jdbc.sql(
                                "update journal set owed = :amount, sent_at = clock_timestamp() where id = :id and state = 'OPEN'")
                        .param("amount", amount.orElse(null), Types.NUMERIC)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Notes until when a loan ran just before it was renewed: without it nobody could tell later whether it was. */
    void dueBefore(long id, String dueDate) {
        jdbc.sql("update journal set due_before = :due where id = :id")
                .param("due", dueDate)
                .param("id", id)
                .update();
    }

    /**
     * Settles a row that was with staff, and counts what is done.
     *
     * @param done whether it is done now
     * @param who the member of staff
     * @param note why, for colleagues
     * @return false if somebody has decided already
     */
    boolean decided(long id, boolean done, String who, String note) {
        return together(() -> {
            Optional<Moved> moved = jdbc.sql("""
                            update journal set state = 'SETTLED', ok = :ok, settled_at = :now, decision_note = :note,
                                   salt = coalesce(salt, :salt), moved_at = clock_timestamp()
                             where id = :id and state = 'WITH_STAFF'
                            """ + MOVED)
                    .param("ok", done)
                    .param("now", at(clock.instant()))
                    .param("note", note)
                    .param("salt", JournalInsert.salt())
                    .param("id", id)
                    .query((row, _) -> moved(row))
                    .optional();
            moved.ifPresent(row -> {
                chain(row, done ? Kind.DONE_BY_STAFF : Kind.NOT_DONE_BY_STAFF, who, note);
                if (done) {
                    count(row, Optional.empty());
                }
            });
            return moved.isPresent();
        });
    }

    /**
     * Moves a row on and tells the others, in one transaction; if one of them fails, moves it on without telling. A connection that is
     * lost is nobody's fault who listens: then it is tried once more.
     */
    private boolean move(Kind kind, String sql, long id, Optional<Response> answer, Optional<CirculationEvent> event) {
        Supplier<Boolean> told = () -> {
            boolean moved = update(kind, sql, id, answer);
            if (moved) {
                event.ifPresent(events::publishEvent);
            }
            return moved;
        };
        try {
            return together(told);
        } catch (RuntimeException e) {
            if (watch.failed(e) || event.isEmpty()) {
                throw e;
            }
            if (Absence.in(e).isPresent()) {
                return together(told);
            }
            LOG.error("Somebody who listens to circulation failed; journal row {} moves on without it", id, e);
            return together(() -> update(kind, sql, id, answer));
        }
    }

    /** In one transaction, which is the one under way where there is one. */
    private <T> T together(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(
                status -> status.isNewTransaction() ? writes.togetherToTheEnd(work) : writes.together(work)));
    }

    private boolean update(Kind kind, String sql, long id, Optional<Response> answer) {
        Optional<String> response = answer.map(Journal::wire);
        Optional<Moved> moved = jdbc.sql(sql + MOVED)
                .param("now", at(clock.instant()))
                .param("response", response.orElse(null), Types.VARCHAR)
                .param("salt", JournalInsert.salt())
                .param("id", id)
                .query((row, _) -> moved(row))
                .optional();
        moved.ifPresent(row -> {
            // A promise stays what it was, and the line tells what is new.
            chain(
                    row,
                    kind,
                    "",
                    response.filter(said -> said.equals(row.response)).orElse(""));
            if (kind == Kind.DONE) {
                count(row, answer);
            }
        });
        return moved.isPresent();
    }

    /** @param answer what the library system said; else what the row has counts */
    private void count(Moved row, Optional<Response> answer) {
        JournalReader.frame(row.request)
                .map(Request::from)
                .ifPresent(request -> figures.count(
                        new Figures.Done(
                                row.place,
                                row.opened,
                                request,
                                answer.or(
                                        () -> JournalReader.frame(row.response).map(Response::from))),
                        row.undo ? reader.doneBefore(row.id) : Optional.empty()));
    }

    private record Moved(
            long id,
            Terminal place,
            String command,
            boolean undo,
            String salt,
            Instant opened,
            @Nullable String request,
            @Nullable String response) {}

    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getLong("id"),
                JournalReader.terminal(row),
                row.getString("command"),
                row.getBoolean("cancel"),
                HexFormat.of().formatHex(row.getBytes("salt")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getString("request"),
                row.getString("response"));
    }

    private void chain(Moved row, Kind kind, String who, String content) {
        chain.add(
                row.place.login(),
                new ChainLine(
                        row.id,
                        row.command,
                        row.place.branchCode(),
                        row.undo,
                        kind,
                        who,
                        clock.instant(),
                        ChainLine.digest(HexFormat.of().parseHex(row.salt), content)));
    }

    /**
     * Clears who it was about, then deletes, as the settings say. Unfinished rows stay, and so do those of a cut-over that may
     * still be rolled back, or was a short while ago: what was done in the new system must then be found.
     */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        Instant now = clock.instant();
        int cleared =
                clear("(card is not null or request is not null or response is not null)", now.minus(settings.names()))
                        + erase();
        int deleted = jdbc.sql(
                        "delete from journal where state = 'SETTLED' and opened_at < :before and settled_at < :before"
                                + NOT_OF_A_CUT_OVER)
                .param("before", at(now.minus(settings.rows())))
                .param("ended", at(now.minus(AFTER_A_CUT_OVER)))
                .update();
        LOG.info("Journal: {} rows no longer name anybody, {} rows deleted", cleared, deleted);
    }

    /** Clears at once what somebody asked to have erased, as far as it answers no repeat any more. */
    int erase() {
        return clear("erasure_asked", clock.instant().minus(settings.repeats()));
    }

    private int clear(String which, Instant before) {
        return jdbc.sql("""
                        update journal set card = null, request = null, response = null, detail = '', owed = null,
                               due_before = null, salt = null, decision_note = '', erasure_asked = false
                         where state = 'SETTLED' and settled_at < :before and %s
                        """.formatted(which) + NOT_OF_A_CUT_OVER)
                .param("before", at(before))
                .param("ended", at(clock.instant().minus(AFTER_A_CUT_OVER)))
                .update();
    }

    // ---- forms -------------------------------------------------------------------------------------------

    static String wire(Response response) {
        return wire(response.toFrame());
    }

    static String wire(Frame frame) {
        String line = new String(CODEC.encode(frame, false), StandardCharsets.UTF_8);
        return line.substring(
                0, line.length() - WireProfile.DEFAULT.terminator().text().length());
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}

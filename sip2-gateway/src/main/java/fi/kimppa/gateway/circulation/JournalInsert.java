package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.ChainLine.Kind;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.sip2.message.Response;
import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a change down for the first time: its row and the lines of its chain, late in the transaction that is under way. May be used
 * by several threads.
 */
final class JournalInsert {
    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LateWrites writes;
    private final JournalChain chain;
    private final Presence presence;
    private final Clock clock;

    JournalInsert(LateWrites writes, JournalChain chain, Presence presence, Clock clock) {
        this.writes = writes;
        this.chain = chain;
        this.presence = presence;
        this.clock = clock;
    }

    /**
     * A row to be.
     *
     * @param backend the library system that is asked; empty while nobody can say which one
     * @param cutOver number of the cut-over under way in the municipality that it belongs to
     */
    record NewRow(long id, Change change, Terminal terminal, Optional<String> backend, OptionalLong cutOver) {
        private String content(String request) {
            return String.join(
                    "\n",
                    terminal.login(),
                    change.command(),
                    change.card().orElse(""),
                    change.item(),
                    change.transactionDate().text(),
                    change.detail(),
                    request);
        }
    }

    /** A change that somebody is asked for now. */
    void open(NewRow row) {
        byte[] salt = salt();
        Instant now = clock.instant();
        chain.add(row.terminal.login(), write(row, State.OPEN, Optional.empty(), Optional.empty(), salt, now));
    }

    /**
     * A change that has ended within the transaction that is under way: the row is written once, in its last state.
     *
     * @param end {@link Kind#DONE}, {@link Kind#NOT_DONE} or {@link Kind#WITH_STAFF}
     * @param kept the answer to a repeat
     * @return when it was taken
     */
    Instant ended(NewRow row, Kind end, Optional<Response> kept) {
        byte[] salt = salt();
        Instant now = clock.instant();
        State state = end == Kind.WITH_STAFF ? State.WITH_STAFF : State.SETTLED;
        Optional<String> response = kept.map(Journal::wire);
        ChainLine opened = write(row, state, Optional.of(end == Kind.DONE), response, salt, now);
        chain.add(row.terminal.login(), opened, line(row, end, salt, response.orElse(""), now));
        return now;
    }

    /** Gives the line of the chain that says that the row was opened. */
    private ChainLine write(
            NewRow row, State state, Optional<Boolean> ok, Optional<String> response, byte[] salt, Instant now) {
        Change change = row.change;
        Terminal terminal = row.terminal;
        String request = Journal.wire(change.request().toFrame());
        writes.sql("""
                        insert into journal (id, gateway, backend, cut_over, command, state, terminal, terminal_kind, branch_code,
                                             institution_id, card, item, transaction_date, no_block, cancel,
                                             fee_acknowledged, detail, request, response, ok, opened_at, settled_at, moved_at, salt)
                        overriding system value
                        values (:id, :gateway, :backend, :cutOver, :command, :state, :terminal, :kind, :branch, :institution, :card,
                                :item, :date, :noBlock, :cancel, :fee, :detail, :request, :response, :ok, :now, :settled,
                                case when :ended then clock_timestamp() end, :salt)
                        """)
                .param("id", row.id)
                .param("gateway", presence.number())
                .param("backend", row.backend.orElse(null), Types.VARCHAR)
                .param("cutOver", row.cutOver.isPresent() ? row.cutOver.getAsLong() : null, Types.BIGINT)
                .param("command", change.command())
                .param("state", state.name())
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
                .param("request", request)
                .param("response", response.orElse(null), Types.VARCHAR)
                .param("ok", ok.orElse(null), Types.BOOLEAN)
                .param("now", Journal.at(now))
                .param("settled", state == State.SETTLED ? Journal.at(now) : null, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("ended", state != State.OPEN)
                .param("salt", salt)
                .later();
        return line(row, Kind.OPEN, salt, row.content(request), now);
    }

    private static ChainLine line(NewRow row, Kind kind, byte[] salt, String content, Instant now) {
        return new ChainLine(
                row.id,
                row.change.command(),
                row.terminal.branchCode(),
                row.change.cancel(),
                kind,
                "",
                now,
                ChainLine.digest(salt, content));
    }

    /** What keeps a row's digests from being guessed. */
    static byte[] salt() {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return salt;
    }
}

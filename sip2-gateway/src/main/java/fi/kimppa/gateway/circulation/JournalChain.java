package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.ChainLine.Kind;
import fi.kimppa.gateway.database.LateWrites;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What became of every change, for each terminal one line linked to the one before. A line is added in the transaction
 * of what it tells. Looked through every ten minutes, from where the last look ended. May be used by several threads.
 */
@Component
public class JournalChain {
    private static final Logger LOG = LoggerFactory.getLogger(JournalChain.class);

    private final JdbcClient jdbc;
    private final LateWrites writes;
    private final TransactionTemplate oneSight;
    private final JournalSettings settings;
    private final Clock clock;
    private final Map<String, Chain> seen = new ConcurrentHashMap<>();

    JournalChain(
            JdbcClient jdbc,
            LateWrites writes,
            PlatformTransactionManager transactions,
            JournalSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.oneSight = new TransactionTemplate(transactions);
        this.oneSight.setReadOnly(true);
        this.oneSight.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.settings = settings;
        this.clock = clock;
        Gauge.builder(
                        "kimppa.journal.chains.broken",
                        seen,
                        chains -> chains.values().stream()
                                .filter(chain -> chain.broken().isPresent())
                                .count())
                .description("Terminals whose chain of the journal does not fit")
                .register(meters);
    }

    /**
     * A terminal's chain as it was seen last.
     *
     * @param first number of the first line that is kept; what came before was deleted when its time was over
     * @param last number of the last line
     * @param link of the last line, hexadecimal: whoever keeps it can tell later whether everything up to it stands
     * @param broken number of the first line that does not fit; empty when the chain is whole
     */
    public record Chain(String terminal, long first, long last, String link, OptionalLong broken) {}

    /**
     * A line as the table has it.
     *
     * @param digest of what the journal's row says now, while it still says it
     */
    private record Stored(long number, ChainLine line, String link, Optional<String> digest) {}

    /** Adds a line, in the transaction that is under way and late in it: two at once of one terminal wait for each other. */
    void add(String terminal, ChainLine line) {
        writes.sql("""
                        with ends as (
                            insert into journal_chain_ends as e (terminal, number, link)
                            values (:terminal, 1, sha256(int8send(1) || :covered))
                            on conflict (terminal) do update
                               set number = e.number + 1, link = sha256(e.link || int8send(e.number + 1) || :covered)
                            returning number, link)
                        insert into journal_chain (terminal, number, journal_id, command, branch_code, undo, kind, who, at,
                                                   digest, link)
                        select :terminal, number, :row, :command, :branch, :undo, :kind, :who, :at, :digest, link from ends
                        """)
                .param("terminal", terminal)
                .param("covered", line.covered())
                .param("row", line.row())
                .param("command", line.command())
                .param("branch", line.branch())
                .param("undo", line.undo())
                .param("kind", line.kind().name())
                .param("who", line.who())
                .param("at", line.at().atOffset(ZoneOffset.UTC))
                .param("digest", line.digestBytes())
                .later();
    }

    /** Adds the two lines of a change that ended as soon as it was opened; as {@link #add(String, ChainLine)}, in one step. */
    void add(String terminal, ChainLine opened, ChainLine ended) {
        writes.sql("""
                        with ends as (
                            insert into journal_chain_ends as e (terminal, number, before, link)
                            values (:terminal, 2, sha256(int8send(1) || :opened),
                                    sha256(sha256(int8send(1) || :opened) || int8send(2) || :ended))
                            on conflict (terminal) do update
                               set number = e.number + 2, before = sha256(e.link || int8send(e.number + 1) || :opened),
                                   link = sha256(sha256(e.link || int8send(e.number + 1) || :opened)
                                                 || int8send(e.number + 2) || :ended)
                            returning number, before, link)
                        insert into journal_chain (terminal, number, journal_id, command, branch_code, undo, kind, who, at,
                                                   digest, link)
                        select :terminal, two.number, :row, :command, :branch, :undo, two.kind, :who, :at, two.digest, two.link
                          from ends cross join lateral (
                               values (number - 1, :openedKind, cast(:openedDigest as bytea), before),
                                      (number, :endedKind, cast(:endedDigest as bytea), ends.link)) two (number, kind, digest, link)
                        """)
                .param("terminal", terminal)
                .param("opened", opened.covered())
                .param("ended", ended.covered())
                .param("row", ended.row())
                .param("command", ended.command())
                .param("branch", ended.branch())
                .param("undo", ended.undo())
                .param("openedKind", opened.kind().name())
                .param("endedKind", ended.kind().name())
                .param("who", ended.who())
                .param("at", ended.at().atOffset(ZoneOffset.UTC))
                .param("openedDigest", opened.digestBytes())
                .param("endedDigest", ended.digestBytes())
                .later();
    }

    /** The chains as they were seen last, by terminal; none right after the start. */
    public List<Chain> seen() {
        return seen.values().stream()
                .sorted(Comparator.comparing(Chain::terminal))
                .toList();
    }

    /** Looks through what was added since the last look, all terminals, and tells the log of what does not fit. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT10S")
    void check() {
        jdbc.sql("select terminal from journal_chain_ends")
                .query((row, _) -> row.getString(1))
                .list()
                .forEach(terminal -> seen.compute(terminal, (_, before) -> check(terminal, before)));
    }

    private Chain check(String terminal, @Nullable Chain before) {
        if (before != null && before.broken().isPresent()) {
            return before;
        }
        Chain now = Objects.requireNonNull(oneSight.execute(_ -> follow(terminal, before)));
        now.broken()
                .ifPresent(line -> LOG.error(
                        "The journal's chain of {} does not fit at line {}: somebody else than the gateway changed it",
                        terminal,
                        line));
        return now;
    }

    private Chain follow(String terminal, @Nullable Chain before) {
        var walk = new Walk(terminal, Optional.ofNullable(before));
        try (Stream<Stored> lines = lines(terminal, walk.last)) {
            lines.forEach(walk::step);
        }
        return jdbc.sql("""
                        select number, link, (select min(number) from journal_chain c where c.terminal = e.terminal) as first
                          from journal_chain_ends e where terminal = :terminal
                        """)
                .param("terminal", terminal)
                .query((row, _) -> walk.end(
                        row.getLong("first"),
                        row.getLong("number"),
                        HexFormat.of().formatHex(row.getBytes("link"))))
                .single();
    }

    private Stream<Stored> lines(String terminal, long after) {
        return jdbc
                .sql("""
                        select c.*, j.salt, %s as content
                          from journal_chain c left join journal j on j.id = c.journal_id and j.request is not null
                         where c.terminal = :terminal and c.number > :after
                         order by c.number
                        """.formatted(Journal.CONTENT))
                .withFetchSize(1_000)
                .param("terminal", terminal)
                .param("after", after)
                .query((row, _) -> stored(row))
                .stream();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("number"),
                new ChainLine(
                        row.getLong("journal_id"),
                        row.getString("command"),
                        row.getString("branch_code"),
                        row.getBoolean("undo"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("who"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        HexFormat.of().formatHex(row.getBytes("digest"))),
                HexFormat.of().formatHex(row.getBytes("link")),
                digest(row.getBytes("salt"), row.getString("content")));
    }

    private static Optional<String> digest(byte @Nullable [] salt, @Nullable String content) {
        return salt == null || content == null ? Optional.empty() : Optional.of(ChainLine.digest(salt, content));
    }

    /** From line to line. */
    private static final class Walk {
        private final String terminal;
        private long last;
        private String link;
        private OptionalLong broken = OptionalLong.empty();

        Walk(String terminal, Optional<Chain> before) {
            this.terminal = terminal;
            this.last = before.map(Chain::last).orElse(0L);
            this.link = before.map(Chain::link).orElse("");
        }

        void step(Stored stored) {
            boolean begin = last == 0;
            // What came before the first line that is kept cannot be seen any more; its link stands for it.
            boolean linked = (begin && stored.number > 1)
                    || (stored.number == last + 1
                            && stored.line.link(link, stored.number).equals(stored.link));
            if (broken.isEmpty() && !(linked && fits(stored))) {
                broken = OptionalLong.of(stored.number);
            }
            last = stored.number;
            link = stored.link;
        }

        /** Whether the journal's row, where it still says what it was about, says what it said when it was taken. */
        private static boolean fits(Stored stored) {
            return stored.line.kind() != Kind.OPEN
                    || stored.digest
                            .filter(now -> !now.equals(stored.line.digest()))
                            .isEmpty();
        }

        /** The last line of a chain is never deleted, so it stands where the chain is said to end. */
        Chain end(long first, long number, String endLink) {
            if (broken.isEmpty() && !(number == last && endLink.equals(link))) {
                broken = OptionalLong.of(last + 1);
            }
            return new Chain(terminal, first, last, link, broken);
        }
    }

    /** Deletes lines whose time is over. */
    @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT20M")
    void forget() {
        int deleted = jdbc.sql("""
                        delete from journal_chain c
                         using (select e.terminal, coalesce(min(k.number), e.number) as number
                                  from journal_chain_ends e
                                  left join journal_chain k on k.terminal = e.terminal and k.at >= :before
                                 group by e.terminal, e.number) kept
                         where c.terminal = kept.terminal and c.number < kept.number
                        """)
                .param("before", clock.instant().minus(settings.chain()).atOffset(ZoneOffset.UTC))
                .update();
        LOG.info("Journal: {} lines of chains deleted", deleted);
    }
}

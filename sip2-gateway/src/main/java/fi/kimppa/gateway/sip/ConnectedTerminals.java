package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.Rows;
import fi.kimppa.gateway.sip.TerminalProfile.SecondConnection;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which terminal is logged in on which connections, at all gateways on this database: what a second connection of a
 * login means is decided here. A connection that another gateway's has replaced is closed within a second. May be used
 * by several threads.
 */
@Component
class ConnectedTerminals {
    private static final Logger log = LoggerFactory.getLogger(ConnectedTerminals.class);
    /** The first half of the locks' keys, one below those that show that a gateway lives. */
    private static final int LOCKS = Presence.LOCKS - 1;

    /** Gateways that live hold a lock on their number; this one need not look. */
    private static final String LIVES = """
            (c.gateway = :here or c.gateway::bigint in (
                select objid::bigint from pg_locks
                 where locktype = 'advisory' and classid::bigint = :locks and objsubid = 2 and granted))
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Presence presence;
    private final Clock clock;
    private final Map<Long, Runnable> here = new ConcurrentHashMap<>();
    private final Queue<Long> left = new ConcurrentLinkedQueue<>();
    private final Map<String, OncePerMinute> notices = new ConcurrentHashMap<>();

    ConnectedTerminals(JdbcClient jdbc, TransactionOperations transactions, Presence presence, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.presence = presence;
        this.clock = clock;
    }

    /**
     * What is there when a terminal arrives.
     *
     * @param place its own; null when there are too many others
     * @param others how many connections it has already
     */
    private record Seen(@Nullable Long place, int others) {}

    /**
     * A terminal wants to be logged in on a connection.
     *
     * @param address of the machine, without port
     * @param policy what it means that it is logged in on another one
     * @param ceiling the most connections that it may have
     * @param close ends this connection; called once at most, by another thread, when another one replaces it
     * @return the number of its place, to be given back by {@link #left}; empty when it is refused
     */
    OptionalLong arrived(Terminal terminal, String address, SecondConnection policy, int ceiling, Runnable close) {
        Seen seen = switch (policy) {
            case WARN, ALLOW -> enter(terminal, address, ceiling);
            case REFUSE -> alone(terminal, () -> enter(terminal, address, 1));
            case REPLACE ->
                alone(terminal, () -> {
                    List<Long> older = replaceAll(terminal);
                    Seen mine = enter(terminal, address, 1);
                    return new Seen(mine.place(), older.size());
                });
        };
        if (seen.others() > 0 && policy != SecondConnection.ALLOW) {
            notice(terminal, address, policy, seen);
        }
        if (policy == SecondConnection.REPLACE && seen.others() > 0) {
            closeTheReplaced();
        }
        Long place = seen.place();
        if (place == null) {
            return OptionalLong.empty();
        }
        here.put(place, close);
        return OptionalLong.of(place);
    }

    /** Two that arrive at one moment, at two gateways, must see each other. */
    private Seen alone(Terminal terminal, Supplier<Seen> work) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(:locks, hashtext(:login))")
                    .param("locks", LOCKS)
                    .param("login", terminal.login())
                    .query((_, _) -> true)
                    .single();
            return work.get();
        }));
    }

    private Seen enter(Terminal terminal, String address, int ceiling) {
        return jdbc.sql("""
                        with had as (
                            select count(*) as others from sip_connections c
                             where login = :login and not replaced and
                        """ + LIVES + """
                        ), mine as (
                            insert into sip_connections (gateway, login, address, since)
                            select :here, :login, :address, :now from had where others < :ceiling
                            returning id)
                        select (select id from mine) as place, others from had
                        """)
                .param("login", terminal.login())
                .param("address", address)
                .param("ceiling", ceiling)
                .param("here", presence.number())
                .param("locks", Presence.LOCKS)
                .param("now", Timestamp.from(clock.instant()))
                .query(Rows.of(Seen.class))
                .single();
    }

    private List<Long> replaceAll(Terminal terminal) {
        return jdbc.sql("update sip_connections set replaced = true where login = :login and not replaced returning id")
                .param("login", terminal.login())
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    private void close(long id) {
        Runnable close = here.remove(id);
        if (close != null) {
            close.run();
        }
    }

    private void notice(Terminal terminal, String address, SecondConnection policy, Seen seen) {
        long times = notices.computeIfAbsent(terminal.login(), _ -> new OncePerMinute())
                .count();
        if (times > 0) {
            log.warn(
                    "{} logs in from {} and is logged in already on {} connections; {} (seen {} times)",
                    terminal.login(),
                    address,
                    seen.others(),
                    switch (policy) {
                        case REPLACE -> "the older ones are closed";
                        case REFUSE -> "the new one is refused";
                        case WARN, ALLOW -> "is the same login used by two machines?";
                    },
                    times);
        }
    }

    /** A connection has ended, or nobody is logged in on it any more. Never fails: what cannot be written now is later. */
    void left(long place) {
        here.remove(place);
        left.add(place);
        forgetTheLeft();
    }

    private void forgetTheLeft() {
        for (Long id = left.poll(); id != null; id = left.poll()) {
            try {
                jdbc.sql("delete from sip_connections where id = :id")
                        .param("id", id)
                        .update();
            } catch (DataAccessException e) {
                left.add(id);
                return;
            }
        }
    }

    /** Closes what other gateways have replaced. */
    @Scheduled(fixedDelayString = "PT1S")
    void closeTheReplaced() {
        if (!here.isEmpty()) {
            jdbc.sql("select id from sip_connections where gateway = :gateway and replaced")
                    .param("gateway", presence.number())
                    .query((row, _) -> row.getLong("id"))
                    .list()
                    .forEach(this::close);
        }
        forgetTheLeft();
    }

    /** Forgets the connections of gateways that are no more. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forgetTheDead() {
        jdbc.sql("delete from sip_connections c where not " + LIVES)
                .param("here", presence.number())
                .param("locks", Presence.LOCKS)
                .update();
    }
}

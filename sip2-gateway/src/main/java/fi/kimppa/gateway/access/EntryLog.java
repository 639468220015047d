package fi.kimppa.gateway.access;

import fi.kimppa.gateway.access.EntryDecision.Denied;
import fi.kimppa.gateway.access.EntryDecision.Granted;
import fi.kimppa.gateway.consortium.Terminal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is remembered of entries, and for how long. */
@Component
class EntryLog {
    /** The reason written for a granted entry, as in the answer to the door. */
    static final String GRANTED = "GRANTED";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AccessSettings settings;

    EntryLog(JdbcClient jdbc, Clock clock, AccessSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /** Writes one decision, in the caller's transaction. The card's hash stays with granted entries only. */
    void write(Terminal door, Instant at, EntryDecision decision, String cardHash) {
        switch (decision) {
            case Granted _ -> insert(door, at, true, GRANTED, cardHash);
            case Denied denied -> insert(door, at, false, denied.reason().name(), null);
        }
    }

    private void insert(Terminal door, Instant at, boolean granted, String reason, @Nullable String cardHash) {
        jdbc.sql("""
                        insert into entry_log (at, branch_code, terminal, granted, reason, card_hash)
                        values (:at, :branch, :terminal, :granted, :reason, :cardHash)""")
                .param("at", Timestamp.from(at))
                .param("branch", door.branchCode())
                .param("terminal", door.login())
                .param("granted", granted)
                .param("reason", reason)
                .param("cardHash", cardHash)
                .update();
    }

    /** Turns rows that are past their keeping into counts; the same rows are never counted twice. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void retire() {
        Instant now = clock.instant();
        jdbc.sql("""
                        with gone as (
                            delete from entry_log
                            where (granted and at < :grantedBefore) or (not granted and at < :deniedBefore)
                            returning branch_code, at, reason)
                        insert into entry_counts (branch_code, hour, reason, entries)
                        select branch_code, date_trunc('hour', at), reason, count(*) from gone group by 1, 2, 3
                        on conflict (branch_code, hour, reason)
                        do update set entries = entry_counts.entries + excluded.entries""")
                .param("grantedBefore", Timestamp.from(now.minus(settings.keepGranted())))
                .param("deniedBefore", Timestamp.from(now.minus(settings.keepDenied())))
                .update();
    }
}

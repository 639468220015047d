package fi.kimppa.gateway.circulation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which gateway settles an unfinished row of the journal: one at a time, and who comes second leaves the row to the first. The claim
 * stands in the row and holds neither a transaction nor a connection while a library system is asked. It ends with its gateway, but not
 * before the call of that gateway must have ended at the library system, too. Within a gateway {@link RowLocks} tell threads apart. May
 * be used by several threads.
 */
@Component
class Claims {
    private final JdbcClient jdbc;
    private final Presence presence;
    private final Deadlines deadlines;

    Claims(JdbcClient jdbc, Presence presence, Deadlines deadlines) {
        this.jdbc = jdbc;
        this.presence = presence;
        this.deadlines = deadlines;
    }

    /**
     * A row that is this gateway's to settle, until it is released or has ended.
     *
     * @param sent whether a library system may have had it already, of whose answer nothing is known
     * @param young whether it may still be at it, so that what is not done yet may be done in a moment: it had it, or has begun to answer
     *     after a silence, so short a while ago
     * @param noted whether it was noted that it is sent now; of a payment, without which it was not
     * @param dueBefore AH of the loan before a renewal
     */
    record Claim(boolean sent, boolean young, boolean noted, Optional<String> dueBefore) {}

    /** Takes a row, if it has no end and no other gateway is at it. Never waits for another. */
    Optional<Claim> take(long id) {
        // A claim that was never released may have sent something, but no payment: of one it would look as if it had
        // been sent.
        return jdbc.sql("""
                        update journal j
                           set settler = :me, settler_since = clock_timestamp(),
                               sent_at = case when j.settler is null or j.command = '37' then j.sent_at
                                              else greatest(j.sent_at, j.settler_since) end,
                               answering_since = case when j.settler is null then j.answering_since end
                         where j.id = :id and j.state in ('OPEN', 'UNKNOWN', 'WAITING')
                           and (j.settler is null or j.settler = :me
                                or (j.settler_since < clock_timestamp() - make_interval(secs => :settle)
                                    and not exists (select from pg_locks
                                                     where locktype = 'advisory' and classid::bigint = :locks
                                                       and objid::bigint = j.settler and objsubid = 2 and granted)))
                        returning j.state <> 'WAITING' or j.sent_at is not null as sent,
                                  coalesce(case j.state when 'OPEN' then greatest(j.sent_at, j.heard_at)
                                                        when 'UNKNOWN' then greatest(j.sent_at, j.heard_at, j.moved_at)
                                                        else j.sent_at end
                                           > clock_timestamp() - make_interval(secs => :settle), false)
                                      or coalesce(j.answering_since > clock_timestamp() - make_interval(secs => :settle), true) as young,
                                  j.owed is not null or j.sent_at is not null as noted,
                                  j.due_before
                        """)
                .param("id", id)
                .param("me", presence.number())
                .param("locks", Presence.LOCKS)
                .param("settle", seconds(deadlines.settle()))
                .query((row, _) -> claim(row))
                .optional();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getBoolean("sent"),
                row.getBoolean("young"),
                row.getBoolean("noted"),
                Optional.ofNullable(row.getString("due_before")));
    }

    /**
     * Gives a row back that has no end yet.
     *
     * @param unheard whether it was sent to a library system whose answer did not come
     */
    void release(long id, boolean unheard) {
        jdbc.sql("""
                        update journal
                           set settler = null, settler_since = null,
                               sent_at = case when :unheard then clock_timestamp() else sent_at end,
                               answering_since = case when :unheard then null else answering_since end
                         where id = :id and settler = :me and state in ('OPEN', 'UNKNOWN', 'WAITING')
                        """)
                .param("unheard", unheard)
                .param("id", id)
                .param("me", presence.number())
                .update();
    }

    /**
     * Notes whether the library system answers when it is asked about a row that is claimed. One that stood still carries out what lies
     * in front of it when it goes on, perhaps a moment after it has answered a question that came by another way.
     */
    void answers(long id, boolean answered) {
        jdbc.sql("""
                        update journal
                           set answering_since = case when :answered then coalesce(answering_since, clock_timestamp()) end
                         where id = :id and settler = :me and (answering_since is null) = :answered
                        """)
                .param("answered", answered)
                .param("id", id)
                .param("me", presence.number())
                .update();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}

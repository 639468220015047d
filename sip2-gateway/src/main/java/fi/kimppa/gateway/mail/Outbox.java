package fi.kimppa.gateway.mail;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The mails that are to go, notices and receipts, as rows. A row belongs to whoever took it last: who was taken for dead and finishes all the same changes
 * nothing. How long somebody has been at one is by the database's clock, since those of gateways may differ. Threads: any.
 */
@Component
class Outbox {
    /** Longer than the longest conversation with a mail server, so that nobody who lives is taken for dead. */
    private static final String TAKEN_FOR_DEAD = "interval '10 minutes'";

    /** Of the lock under which notices are looked for: "MAIL". */
    private static final long LOOKING = 0x4D41494CL;

    private static final int AT_ONCE = 1_000;

    /** Takes a receipt's text out in the same statement, if the mail still is this gateway's. */
    private static final String BLANKED = """
            with blanked as (
                update mail_receipts set body = null
                 where mail = (select id from mail_outbox where id = :id and state = 'SENDING' and tries = :tries))
            """;

    private final JdbcClient jdbc;
    private final String worker = ManagementFactory.getRuntimeMXBean().getName();

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A mail that this gateway has taken.
     *
     * @param tries how often it was taken, this time included
     * @param until after this it is not tried again
     */
    record Mine(
            long id, NoticeKind kind, String card, String messageId, int tries, Instant until, List<Notice> notices) {}

    // ---- queueing, in the caller's transaction -----------------------------------------------------------

    /** Whether this gateway alone looks for notices, until its transaction ends. */
    boolean alone() {
        return jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOOKING)
                .query(Boolean.class)
                .single();
    }

    /** Whether nobody has looked for this day's reminders; then they are this caller's. */
    boolean begin(LocalDate day, Instant now) {
        return jdbc.sql("insert into mail_rounds (day, at) values (:day, :now) on conflict do nothing")
                        .param("day", day)
                        .param("now", at(now))
                        .update()
                > 0;
    }

    /** Those of these notices, all of one kind, of which there is no mail. */
    List<Notice> unsaid(NoticeKind kind, List<Notice> notices) {
        Set<String> said = new HashSet<>();
        for (int from = 0; from < notices.size(); from += AT_ONCE) {
            List<Long> subjects = notices.subList(from, Math.min(notices.size(), from + AT_ONCE)).stream()
                    .map(Notice::subject)
                    .toList();
            said.addAll(jdbc.sql("""
                            select subject || ' ' || occasion from mail_notices
                             where kind = :kind and subject in (:subjects)
                            """)
                    .param("kind", kind.name())
                    .param("subjects", subjects)
                    .query(String.class)
                    .list());
        }
        return notices.stream()
                .filter(notice -> !said.contains(notice.subject() + " " + notice.occasion()))
                .toList();
    }

    /** Queues one mail about these notices, all of one kind and card. */
    void add(List<Notice> notices, String domain, LocalDate day, Instant now, Duration giveUp) {
        Notice first = notices.getFirst();
        long mail = add(first.kind(), first.card(), domain, day, now, giveUp);
        for (Notice notice : notices) {
            jdbc.sql("""
                            insert into mail_notices (kind, subject, occasion, mail)
                            values (:kind, :subject, :occasion, :mail)
                            """)
                    .param("kind", notice.kind().name())
                    .param("subject", notice.subject())
                    .param("occasion", notice.occasion())
                    .param("mail", mail)
                    .update();
        }
    }

    /** Queues one mail to this card, and says its number. */
    long add(NoticeKind kind, String card, String domain, LocalDate day, Instant now, Duration giveUp) {
        return jdbc.sql("""
                        insert into mail_outbox (kind, state, card, day, message_id, next_at, until, queued_at)
                        values (:kind, 'QUEUED', :card, :day, :message, :now, :until, :now)
                        returning id
                        """)
                .param("kind", kind.name())
                .param("card", card)
                .param("day", day)
                .param("message", "<" + UUID.randomUUID() + "@" + domain + ">")
                .param("now", at(now))
                .param("until", at(now.plus(giveUp)))
                .query(Long.class)
                .single();
    }

    // ---- sending -----------------------------------------------------------------------------------------

    /** Takes the mail whose turn it is: one that waits, or one whose gateway has died over it. */
    Optional<Mine> take(Instant now) {
        return jdbc.sql("""
                        update mail_outbox
                           set state = 'SENDING', tries = tries + 1, worker = :worker, claimed_at = clock_timestamp()
                         where id = (select id from mail_outbox
                                      where (state = 'QUEUED' and next_at <= :now)
                                         or (state = 'SENDING' and claimed_at < clock_timestamp() - %s)
                                      order by next_at, id limit 1
                                        for update skip locked)
                        returning id, kind, card, message_id, tries, until
                        """.formatted(TAKEN_FOR_DEAD))
                .param("worker", worker)
                .param("now", at(now))
                .query((row, _) -> new Mine(
                        row.getLong("id"),
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getString("card"),
                        row.getString("message_id"),
                        row.getInt("tries"),
                        row.getObject("until", OffsetDateTime.class).toInstant(),
                        List.of()))
                .optional()
                .map(this::withNotices);
    }

    private Mine withNotices(Mine mail) {
        List<Notice> notices = jdbc.sql("""
                        select subject, occasion from mail_notices where mail = :mail order by subject, occasion
                        """)
                .param("mail", mail.id())
                .query((row, _) ->
                        new Notice(mail.kind(), row.getLong("subject"), row.getString("occasion"), mail.card()))
                .list();
        return new Mine(mail.id(), mail.kind(), mail.card(), mail.messageId(), mail.tries(), mail.until(), notices);
    }

    /** The server has it. Whose it was is forgotten. */
    void sent(Mine mail, Instant now) {
        end(mail, "state = 'SENT', card = null, settled_at = :now, reason = ''", now, "");
    }

    /** Nothing of it was true any more. Should it become true again, it may be said. */
    void over(Mine mail, Instant now) {
        if (end(mail, "state = 'OVER', card = null, settled_at = :now, reason = ''", now, "")) {
            jdbc.sql("delete from mail_notices where mail = :mail")
                    .param("mail", mail.id())
                    .update();
        }
    }

    /** It is left to staff. A receipt that comes days later is of no use to anybody: its text goes all the same. */
    void failed(Mine mail, String reason, Instant now) {
        end(mail, "state = 'FAILED', settled_at = :now, reason = :reason", now, reason);
    }

    /** It waits until then. */
    void later(Mine mail, String reason, Instant next) {
        change("", mail, "state = 'QUEUED', next_at = :now, reason = :reason", next, reason);
    }

    /** After this, what a receipt says is nowhere any more. */
    private boolean end(Mine mail, String what, Instant now, String reason) {
        return change(BLANKED, mail, what, now, reason);
    }

    private boolean change(String before, Mine mail, String what, Instant now, String reason) {
        return jdbc.sql(before + "update mail_outbox set claimed_at = null, " + what
                                + " where id = :id and state = 'SENDING' and tries = :tries")
                        .param("id", mail.id())
                        .param("tries", mail.tries())
                        .param("now", at(now))
                        .param("reason", reason)
                        .update()
                > 0;
    }

    // ---- for staff ---------------------------------------------------------------------------------------

    /**
     * The mails of a day.
     *
     * @param waiting queued or being sent
     * @param over of which nothing was true any more when they should go
     */
    record Day(LocalDate day, long waiting, long sent, long failed, long over) {}

    /** The days since then on which something was queued, newest first. */
    List<Day> days(LocalDate since) {
        return jdbc.sql("""
                        select day, count(*) filter (where state in ('QUEUED', 'SENDING')) as waiting,
                               count(*) filter (where state = 'SENT') as sent,
                               count(*) filter (where state = 'FAILED') as failed,
                               count(*) filter (where state = 'OVER') as over
                          from mail_outbox where day >= :since group by day order by day desc
                        """)
                .param("since", since)
                .query((row, _) -> new Day(
                        row.getObject("day", LocalDate.class),
                        row.getLong("waiting"),
                        row.getLong("sent"),
                        row.getLong("failed"),
                        row.getLong("over")))
                .list();
    }

    /** A mail that did not go. */
    record Failed(long id, NoticeKind kind, String card, String reason, Instant at, int tries) {}

    /** The latest mails that did not go, newest first. */
    List<Failed> failed(int most) {
        return jdbc.sql("""
                        select id, kind, card, reason, settled_at, tries from mail_outbox
                         where state = 'FAILED' order by settled_at desc, id desc limit :most
                        """)
                .param("most", most)
                .query((row, _) -> new Failed(
                        row.getLong("id"),
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getString("card"),
                        row.getString("reason"),
                        row.getObject("settled_at", OffsetDateTime.class).toInstant(),
                        row.getInt("tries")))
                .list();
    }

    /** Queues a notice that did not go again; says whether it was there. Of a receipt there is nothing left to send. */
    boolean again(long id, Instant now, Duration giveUp) {
        return jdbc.sql("""
                        update mail_outbox set state = 'QUEUED', settled_at = null, next_at = :now, until = :until
                         where id = :id and state = 'FAILED' and kind <> 'RECEIPT'
                        """)
                        .param("id", id)
                        .param("now", at(now))
                        .param("until", at(now.plus(giveUp)))
                        .update()
                > 0;
    }

    /** How many wait. */
    long waiting() {
        return jdbc.sql("select count(*) from mail_outbox where state in ('QUEUED', 'SENDING')")
                .query(Long.class)
                .single();
    }

    /** Deletes what was settled before this moment, and says how many mails that were. */
    int forget(Instant before) {
        jdbc.sql("delete from mail_rounds where at < :before")
                .param("before", at(before))
                .update();
        return jdbc.sql("delete from mail_outbox where settled_at < :before")
                .param("before", at(before))
                .update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}

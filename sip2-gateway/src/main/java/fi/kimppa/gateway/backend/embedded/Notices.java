package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.mail.LetterWriter;
import fi.kimppa.gateway.mail.Mail;
import fi.kimppa.gateway.mail.Notice;
import fi.kimppa.gateway.mail.NoticeKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who of the store's patrons is told what by e-mail: loans that fall due and that are overdue once a day, holds that are ready as they
 * become so. Says only what is so at the moment of sending. Threads: the scheduler's.
 */
@Component
class Notices {
    /** A return can be taken back; what was caught by it is told when that is over for nearly all. */
    private static final Duration SETTLES = Duration.ofMinutes(10);

    /** A hold that became ready before that is not told of any more, when nobody looked. */
    private static final Duration HOLDS_LOOKED_AT = Duration.ofDays(3);

    private final JdbcClient jdbc;
    private final Mail mail;
    private final Consortium consortium;
    private final Clock clock;

    Notices(JdbcClient jdbc, Mail mail, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.mail = mail;
        this.consortium = consortium;
        this.clock = clock;
    }

    @Bean
    static LetterWriter lettersOfTheStore(JdbcClient jdbc, DueDates dueDates, Clock clock) {
        return new LetterWriter(
                Set.of(NoticeKind.DUE_SOON, NoticeKind.OVERDUE, NoticeKind.HOLD_READY),
                new Letters(jdbc, dueDates, clock)::write);
    }

    /** Queues what is to be told now. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void look() {
        if (mail.awake()) {
            mail.queueOncePerDay(this::ofLoans);
            mail.queue(this::ofHolds);
        }
    }

    private List<Notice> ofLoans() {
        List<String> municipalities =
                consortium.municipalities().stream().map(Municipality::code).toList();
        int before = municipalities.stream().mapToInt(mail::dueSoonDays).max().orElse(0);
        int after = municipalities.stream()
                .flatMap(code -> mail.overdueDays(code).stream())
                .max(Comparator.naturalOrder())
                .orElse(0);
        LocalDate today = LocalDate.now(clock);
        return jdbc
                .sql("""
                        select l.id, l.card, l.lent_at, l.due_at, b.municipality
                          from loans l
                          join patrons p on p.card = l.card
                          join branches b on b.code = p.home_branch
                         where l.returned_at is null and p.email <> '' and l.due_at >= :from and l.due_at < :to
                         order by l.card, l.due_at, l.id
                        """)
                .param("from", midnight(today.minusDays(after + NoticeRules.LATE_DAYS)))
                .param("to", midnight(today.plusDays(before + 1L)))
                .query((row, _) -> ofLoan(row, today))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Notice> ofLoan(ResultSet row, LocalDate today) throws SQLException {
        String municipality = row.getString("municipality");
        long loan = row.getLong("id");
        String card = row.getString("card");
        return NoticeRules.of(
                        day(row, "lent_at", clock),
                        day(row, "due_at", clock),
                        today,
                        mail.dueSoonDays(municipality),
                        mail.overdueDays(municipality))
                .map(reminder -> new Notice(reminder.kind(), loan, reminder.occasion(), card));
    }

    private List<Notice> ofHolds() {
        Instant now = clock.instant();
        return jdbc
                .sql("""
                        select h.id, h.card, h.ready_at, b.municipality
                          from holds h
                          join patrons p on p.card = h.card
                          join branches b on b.code = p.home_branch
                         where h.state = 'READY' and p.email <> '' and h.ready_at between :from and :to
                         order by h.card, h.id
                        """)
                .param("from", now.minus(HOLDS_LOOKED_AT).atOffset(ZoneOffset.UTC))
                .param("to", now.minus(SETTLES).atOffset(ZoneOffset.UTC))
                .query((row, _) -> mail.tellsOfHolds(row.getString("municipality"))
                        ? Optional.of(new Notice(
                                NoticeKind.HOLD_READY,
                                row.getLong("id"),
                                day(row, "ready_at", clock).toString(),
                                row.getString("card")))
                        : Optional.<Notice>empty())
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toOffsetDateTime();
    }

    /** The local day of a moment. */
    static LocalDate day(ResultSet row, String column, Clock clock) throws SQLException {
        return row.getObject(column, OffsetDateTime.class)
                .atZoneSameInstant(clock.getZone())
                .toLocalDate();
    }
}

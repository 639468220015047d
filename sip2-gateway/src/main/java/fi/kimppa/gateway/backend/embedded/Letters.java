package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.NoticeRules.Reminder;
import fi.kimppa.gateway.mail.Letter;
import fi.kimppa.gateway.mail.Letter.Thing;
import fi.kimppa.gateway.mail.Notice;
import fi.kimppa.gateway.mail.NoticeKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the letters of the store's patrons: what is so at this moment. Threads: any. */
record Letters(JdbcClient jdbc, DueDates dueDates, Clock clock) {
    private static final String COMMON =
            "concat_ws(' / ', t.title, nullif(t.author, '')) as title, p.email, p.language, home.municipality";

    /**
     * To whom a letter goes, and a thing that it is about.
     *
     * @param day of the loan or hold as it is now, which its notice must be about
     */
    private record Line(
            long subject, LocalDate day, Thing thing, String address, String language, String municipality) {}

    Optional<Letter> write(List<Notice> notices) {
        List<Line> lines = notices.getFirst().kind() == NoticeKind.HOLD_READY ? holds(notices) : loans(notices);
        return lines.stream()
                .findFirst()
                .map(first -> new Letter(
                        first.address(),
                        first.language(),
                        first.municipality(),
                        lines.stream().map(Line::thing).toList()));
    }

    /** Loans that are not back, with the due date that the notice is about; one that is due soon is not overdue yet. */
    private List<Line> loans(List<Notice> notices) {
        LocalDate today = LocalDate.now(clock);
        boolean soon = notices.getFirst().kind() == NoticeKind.DUE_SOON;
        return jdbc
                .sql("""
                        select l.id, l.due_at as moment, %s, '' as branch, '' as pickup_name
                          from loans l
                          join patrons p on p.card = l.card
                          join branches home on home.code = p.home_branch
                          join items i on i.number = l.item
                          join titles t on t.id = i.title_id
                         where l.id in (:subjects) and l.card = :card and l.returned_at is null and p.email <> ''
                         order by l.due_at, l.id
                        """.formatted(COMMON))
                .param("subjects", subjects(notices))
                .param("card", notices.getFirst().card())
                .query((row, _) -> line(row, Notices.day(row, "moment", clock)))
                .list()
                .stream()
                .filter(line -> notices.stream().anyMatch(notice -> isAbout(notice, line)))
                .filter(line -> !soon || !line.day().isBefore(today))
                .toList();
    }

    private static boolean isAbout(Notice notice, Line line) {
        return notice.subject() == line.subject() && new Reminder(notice.kind(), notice.occasion()).isAbout(line.day());
    }

    /** Holds that still stand on the shelf, and may for this day at least. */
    private List<Line> holds(List<Notice> notices) {
        Instant now = clock.instant();
        return jdbc
                .sql("""
                        select h.id, h.ready_at as moment, h.pickup_branch, %s, b.name as branch,
                               coalesce(p.pickup_name, '') as pickup_name
                          from holds h
                          join patrons p on p.card = h.card
                          join branches home on home.code = p.home_branch
                          join branches b on b.code = h.pickup_branch
                          join titles t on t.id = h.title_id
                         where h.id in (:subjects) and h.card = :card and h.state = 'READY' and p.email <> ''
                         order by b.name, h.id
                        """.formatted(COMMON))
                .param("subjects", subjects(notices))
                .param("card", notices.getFirst().card())
                .query((row, _) -> {
                    OffsetDateTime last = dueDates.lastOnShelf(
                            row.getObject("moment", OffsetDateTime.class), row.getString("pickup_branch"));
                    return last.toInstant().isBefore(now)
                            ? Optional.<Line>empty()
                            : Optional.of(line(
                                    row, last.atZoneSameInstant(clock.getZone()).toLocalDate()));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Long> subjects(List<Notice> notices) {
        return notices.stream().map(Notice::subject).toList();
    }

    private static Line line(ResultSet row, LocalDate day) throws SQLException {
        return new Line(
                row.getLong("id"),
                day,
                new Thing(
                        row.getString("title"),
                        day,
                        Optional.of(row.getString("branch")).filter(name -> !name.isEmpty()),
                        Optional.of(row.getString("pickup_name")).filter(name -> !name.isEmpty())),
                row.getString("email"),
                row.getString("language"),
                row.getString("municipality"));
    }
}

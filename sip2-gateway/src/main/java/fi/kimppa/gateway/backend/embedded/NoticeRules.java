package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.mail.NoticeKind;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which notice of a loan is due on a day: pure functions. */
final class NoticeRules {
    /** How late a reminder may come, when nobody looked on its day. */
    static final int LATE_DAYS = 7;

    private NoticeRules() {}

    /**
     * A notice of a loan.
     *
     * @param occasion which one, so that it is said once: the due date, and how many days after it
     */
    record Reminder(NoticeKind kind, String occasion) {
        /** Whether it is still about a loan with this due date. */
        boolean isAbout(LocalDate due) {
            return occasion.equals(due.toString()) || occasion.startsWith(due + "+");
        }
    }

    /**
     * What a patron is to be told of a loan.
     *
     * @param lent on that day; then the patron has just heard when it is due
     * @param before so many days before the due date, or as soon after as somebody looks; 0 for not at all
     * @param after so many days after the due date; of several that are due the last one
     */
    static Optional<Reminder> of(LocalDate lent, LocalDate due, LocalDate today, int before, List<Integer> after) {
        long late = ChronoUnit.DAYS.between(due, today);
        if (late <= 0) {
            return before > 0 && late >= -before && lent.isBefore(today)
                    ? Optional.of(new Reminder(NoticeKind.DUE_SOON, due.toString()))
                    : Optional.empty();
        }
        return after.stream()
                .filter(days -> days <= late && late < days + LATE_DAYS)
                .max(Comparator.naturalOrder())
                .map(days -> new Reminder(NoticeKind.OVERDUE, due + "+" + days));
    }
}

package fi.kimppa.gateway.consortium;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A weekly period in which a branch is open, in the branch's local time. It may run past midnight; its end is
 * exclusive.
 *
 * @param day on which it begins
 * @param from local time of the beginning
 * @param length more than zero, at most 24 hours
 * @param mode whether staff are there
 */
public record OpeningPeriod(DayOfWeek day, LocalTime from, Duration length, ServiceMode mode) {
    /** Checks the length. */
    public OpeningPeriod {
        if (!length.isPositive() || length.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("an opening period lasts up to 24 hours, found " + length);
        }
    }

    /** Local time of the end, exclusive; midnight for 24:00. */
    public LocalTime to() {
        return from.plus(length);
    }

    /** The day on which the period began in which this local moment lies; empty if it lies in none. */
    Optional<LocalDate> begun(LocalDateTime moment) {
        LocalDate today = moment.toLocalDate();
        return Stream.of(today, today.minusDays(1))
                .filter(date -> begunOn(date, moment))
                .findFirst();
    }

    private boolean begunOn(LocalDate date, LocalDateTime moment) {
        LocalDateTime begin = date.atTime(from);
        return date.getDayOfWeek() == day && !moment.isBefore(begin) && moment.isBefore(begin.plus(length));
    }
}

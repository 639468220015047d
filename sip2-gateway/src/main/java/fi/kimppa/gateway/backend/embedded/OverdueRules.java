package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.OverdueRates.Rate;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.Set;

/** What a loan that came back late costs: pure functions. */
final class OverdueRules {
    private OverdueRules() {}

    /**
     * How a late loan is reckoned.
     *
     * @param rate of the thing; empty where it costs nothing
     * @param grace so many of the days cost nothing
     * @param freeBelow whoever is younger pays nothing; 0 for nobody
     * @param closed days of the week that are not counted
     */
    record Terms(Optional<Rate> rate, int grace, int freeBelow, Set<DayOfWeek> closed) {
        /** Takes a copy of the set. */
        Terms {
            closed = Set.copyOf(closed);
        }
    }

    /**
     * What there is to pay, two decimals; empty for nothing.
     *
     * @param due the last day of the loan
     * @param until the day on which it came back or was renewed
     * @param born the patron's day of birth
     */
    static Optional<BigDecimal> fee(Terms terms, LocalDate due, LocalDate until, LocalDate born) {
        if (Period.between(born, until).getYears() < terms.freeBelow()) {
            return Optional.empty();
        }
        long days = Math.max(0, counted(due, until, terms.closed()) - terms.grace());
        return terms.rate().map(rate -> rate.of(days)).filter(amount -> amount.signum() > 0);
    }

    /** The days after the due date up to and with the last one. */
    private static long counted(LocalDate due, LocalDate until, Set<DayOfWeek> closed) {
        return until.isAfter(due)
                ? due.plusDays(1)
                        .datesUntil(until.plusDays(1))
                        .filter(day -> !closed.contains(day.getDayOfWeek()))
                        .count()
                : 0;
    }
}

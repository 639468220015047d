package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.OverdueRates.Rate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.function.Predicate;

/** What a loan that came back late costs: pure functions. */
final class OverdueRules {
    private OverdueRules() {}

    /**
     * How a late loan is reckoned.
     *
     * @param rate of the thing; empty where it costs nothing
     * @param grace so many of the days cost nothing
     * @param freeBelow whoever is younger pays nothing; 0 for nobody
     * @param counts whether a day is one that costs something
     */
    record Terms(Optional<Rate> rate, int grace, int freeBelow, Predicate<LocalDate> counts) {}

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
        long days = Math.max(0, counted(due, until, terms.counts()) - terms.grace());
        return terms.rate().map(rate -> rate.of(days)).filter(amount -> amount.signum() > 0);
    }

    /** The days after the due date up to and with the last one. */
    private static long counted(LocalDate due, LocalDate until, Predicate<LocalDate> counts) {
        return until.isAfter(due)
                ? due.plusDays(1).datesUntil(until.plusDays(1)).filter(counts).count()
                : 0;
    }
}

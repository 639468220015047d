package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Agreement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What one agreement says: pure functions. The first reason found is the one told. */
final class AgreementRules {
    private AgreementRules() {}

    /**
     * Why nothing goes over its border on this day.
     *
     * @param name of the municipality, for people
     * @param form of a day in a sentence
     */
    static Optional<Refused> againstDates(Agreement agreement, String name, LocalDate today, DateTimeFormatter form) {
        if (!agreement.begun(today)) {
            return agreement.from().map(day -> Refused.because("agreement.early", name, form.format(day)));
        }
        return agreement.over(today) ? Optional.of(Refused.because("agreement.over", name)) : Optional.empty();
    }

    /**
     * Why there is not one loan more over its border.
     *
     * @param open how many there are
     */
    static Optional<Refused> againstNumber(Agreement agreement, String name, long open) {
        return agreement
                .mostLoans()
                .filter(most -> open >= most)
                .map(most -> Refused.because("agreement.loans", name, most));
    }

    /** Why there is no hold over its border on this day. */
    static Optional<Refused> againstHold(Agreement agreement, String name, LocalDate today, DateTimeFormatter form) {
        return againstDates(agreement, name, today, form)
                .or(() ->
                        agreement.holds() ? Optional.empty() : Optional.of(Refused.because("agreement.noholds", name)));
    }
}

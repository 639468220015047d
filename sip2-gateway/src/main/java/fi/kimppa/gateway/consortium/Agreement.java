package fi.kimppa.gateway.consortium;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with a municipality that takes part for a time or within limits: a partner that is no member, such as
 * for remote lending, or a member that joins on a day. It is about loans across its border: of its things to others'
 * cards, and of others' things to its cards.
 *
 * @param municipality its code
 * @param from the first day, local time; empty for since ever
 * @param until the last day, local time; empty for good
 * @param mostLoans how many things may be on loan across its border at once; empty for no limit
 * @param loanFee cents for each such loan; 0 for none
 * @param renewalFee cents for each renewal of such a loan; 0 for none
 * @param holdFee cents for each hold that one of its cards places, or that is placed on a thing of its own by another card
 * @param holds whether such holds are allowed
 */
public record Agreement(
        String municipality,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Optional<Integer> mostLoans,
        int loanFee,
        int renewalFee,
        int holdFee,
        boolean holds) {
    /** Whether it has begun on this day. */
    public boolean begun(LocalDate day) {
        return from.map(first -> !day.isBefore(first)).orElse(true);
    }

    /** Whether it is over on this day. */
    public boolean over(LocalDate day) {
        return until.map(day::isAfter).orElse(false);
    }

    /** A row as the database has it. */
    record Row(
            String municipality,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            @Nullable Integer mostLoans,
            int loanFee,
            int renewalFee,
            int holdFee,
            boolean holds) {
        Agreement agreement() {
            return new Agreement(
                    municipality,
                    Optional.ofNullable(validFrom),
                    Optional.ofNullable(validUntil),
                    Optional.ofNullable(mostLoans),
                    loanFee,
                    renewalFee,
                    holdFee,
                    holds);
        }
    }
}

package fi.kimppa.gateway.backend.embedded;

import java.util.List;
import java.util.Optional;

/** What cards and items may be called: pure functions. Letters keep their case; two numbers that differ in case alone are one. */
final class CounterNumbers {
    /** No blanks, and not the delimiter of SIP2's fields; as long as the store's columns. */
    private static final String FORM = "[\\p{Graph}&&[^|]]{1,32}";

    private CounterNumbers() {}

    /**
     * Why a card may not have this number. A card of another municipality is good: one card works everywhere.
     *
     * @param owner the municipality whose rules the number fits
     * @param patterns the forms that the home municipality's cards have; empty where it has said none
     */
    static Optional<Refused> againstCard(String number, Optional<String> owner, List<String> patterns) {
        return form(number).or(() -> unruled(owner, patterns));
    }

    /**
     * Why an item of this municipality may not have this number.
     *
     * @param owner the municipality whose rules the number fits
     * @param patterns the forms that the municipality's items have; empty where it has said none
     * @param ownerName how the owner is called
     */
    static Optional<Refused> againstItem(
            String number, String municipality, Optional<String> owner, List<String> patterns, String ownerName) {
        return form(number)
                .or(() -> owner.filter(other -> !other.equals(municipality))
                        .map(_ -> Refused.because("number.other", ownerName)))
                .or(() -> unruled(owner, patterns));
    }

    private static Optional<Refused> form(String number) {
        if (number.isEmpty()) {
            return Optional.of(Refused.because("missing"));
        }
        return number.matches(FORM) ? Optional.empty() : Optional.of(Refused.because("number.form"));
    }

    private static Optional<Refused> unruled(Optional<String> owner, List<String> patterns) {
        return owner.isEmpty() && !patterns.isEmpty()
                ? Optional.of(Refused.because("number.rule", String.join(", ", patterns)))
                : Optional.empty();
    }
}

package fi.kimppa.gateway.backend.embedded;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A patron as the desk knows one.
 *
 * @param id stands in addresses
 * @param version of what is stored, for whoever changes it
 * @param hasPin whether a PIN was ever set
 */
record CounterPatron(
        long id,
        int version,
        String card,
        String familyName,
        String givenName,
        LocalDate birthDate,
        String category,
        String homeBranch,
        LocalDate expiresOn,
        boolean reportedLost,
        boolean selfService,
        @Nullable String pickupName,
        String email,
        String phone,
        String language,
        boolean hasPin) {
    /** Family name first, as on lists. */
    public String name() {
        return familyName + ", " + givenName;
    }
}

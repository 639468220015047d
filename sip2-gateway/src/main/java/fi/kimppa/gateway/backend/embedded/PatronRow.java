package fi.kimppa.gateway.backend.embedded;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A patron with the limits of the category and what is open at this moment. */
record PatronRow(
        String card,
        String familyName,
        String givenName,
        LocalDate birthDate,
        String category,
        String homeBranch,
        String pin,
        LocalDate expiresOn,
        boolean reportedLost,
        boolean selfService,
        @Nullable String pickupName,
        String email,
        String language,
        boolean blocked,
        int loanLimit,
        int holdLimit,
        int overdueLimit,
        BigDecimal feeLimit,
        BigDecimal fees,
        int feeCount,
        int loans,
        int overdue,
        int recalled,
        int holdsReady,
        int holdsWaiting) {

    /** AE: family name first, as the Finnish libraries send it; empty for a card that another one stands for. */
    String personalName() {
        return familyName.isEmpty() ? givenName : familyName + ", " + givenName;
    }

    boolean expired(LocalDate today) {
        return today.isAfter(expiresOn);
    }

    boolean owesTooMuch() {
        return fees.compareTo(feeLimit) > 0;
    }

    int holds() {
        return holdsReady + holdsWaiting;
    }

    int age(LocalDate today) {
        return Period.between(birthDate, today).getYears();
    }

    /** DA: an alias, never the name. */
    Optional<String> alias() {
        return Optional.ofNullable(pickupName);
    }
}

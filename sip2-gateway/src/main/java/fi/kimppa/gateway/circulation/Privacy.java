package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of a patron leaves the gateway: all of it with a right PIN; without one only whether the card is known and
 * what it is denied. Some backends give out everything even with a wrong PIN (Koha-Suomi 3.16), so it is done here
 * for all.
 */
final class Privacy {
    private Privacy() {}

    static PatronInformationResponse of(PatronInformationResponse full) {
        if (full.identified()) {
            return full;
        }
        return new PatronInformationResponse(
                full.patronStatus(),
                full.language(),
                full.transactionDate(),
                Map.of(),
                full.institutionId(),
                full.patronIdentifier(),
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                full.validPatron(),
                full.validPatronPassword(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                refusal(full.validPatron(), full.validPatronPassword()) ? full.screenMessages() : List.of(),
                List.of(),
                List.of());
    }

    static PatronStatusResponse of(PatronStatusResponse full) {
        boolean identified =
                full.validPatron().orElse(false) && full.validPatronPassword().orElse(false);
        if (identified) {
            return full;
        }
        return new PatronStatusResponse(
                full.patronStatus(),
                full.language(),
                full.transactionDate(),
                full.institutionId(),
                full.patronIdentifier(),
                "",
                full.validPatron(),
                full.validPatronPassword(),
                Optional.empty(),
                Optional.empty(),
                refusal(full.validPatron(), full.validPatronPassword()) ? full.screenMessages() : List.of(),
                List.of(),
                List.of());
    }

    /** An unknown card or a wrong PIN has a sentence; what else a backend would tell is about the patron. */
    private static boolean refusal(Optional<Boolean> validPatron, Optional<Boolean> validPassword) {
        return !validPatron.orElse(true) || !validPassword.orElse(true);
    }
}

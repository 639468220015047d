package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import java.util.List;
import java.util.Optional;

/**
 * What of a patron leaves the gateway: all of it with a right PIN; without one only whether the card is known and
 * what it is denied. Some backends give out everything even with a wrong PIN (Koha-Suomi 3.16), so it is done here
 * for all.
 */
final class Privacy {
    private Privacy() {}

    static PatronInformationResponse of(PatronInformationResponse full) {
        return full.identified()
                ? full
                : PatronInformationResponse.bare(
                        full.patronStatus(),
                        full.language(),
                        full.transactionDate(),
                        full.institutionId(),
                        full.patronIdentifier(),
                        full.validPatron(),
                        full.validPatronPassword(),
                        refusal(full.validPatron(), full.validPatronPassword()) ? full.screenMessages() : List.of());
    }

    static PatronStatusResponse of(PatronStatusResponse full) {
        return full.identified()
                ? full
                : PatronStatusResponse.bare(
                        full.patronStatus(),
                        full.language(),
                        full.transactionDate(),
                        full.institutionId(),
                        full.patronIdentifier(),
                        full.validPatron(),
                        full.validPatronPassword(),
                        refusal(full.validPatron(), full.validPatronPassword()) ? full.screenMessages() : List.of());
    }

    /** A 24 to a 01: what is denied now and the sentence about it, never who it is. */
    static PatronStatusResponse blocked(PatronStatusResponse full) {
        return PatronStatusResponse.bare(
                full.patronStatus(),
                full.language(),
                full.transactionDate(),
                full.institutionId(),
                full.patronIdentifier(),
                full.validPatron(),
                Optional.empty(),
                full.screenMessages());
    }

    /** A 26 without the name, unless the PIN was right. */
    static PatronEnableResponse of(PatronEnableResponse full, boolean identified) {
        return identified
                ? full
                : new PatronEnableResponse(
                        full.patronStatus(),
                        full.language(),
                        full.transactionDate(),
                        full.institutionId(),
                        full.patronIdentifier(),
                        "",
                        full.validPatron(),
                        full.validPatronPassword(),
                        full.screenMessages(),
                        List.of(),
                        List.of());
    }

    /** A 66 without the patron's things, unless the PIN was right: how many were renewed and how many were not. */
    static RenewAllResponse of(RenewAllResponse full, boolean identified) {
        return identified || !full.ok()
                ? full
                : new RenewAllResponse(
                        true,
                        full.renewedCount(),
                        full.unrenewedCount(),
                        full.transactionDate(),
                        full.institutionId(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
    }

    /** An unknown card or a wrong PIN has a sentence; what else a backend would tell is about the patron. */
    private static boolean refusal(Optional<Boolean> validPatron, Optional<Boolean> validPassword) {
        return !validPatron.orElse(true) || !validPassword.orElse(true);
    }
}

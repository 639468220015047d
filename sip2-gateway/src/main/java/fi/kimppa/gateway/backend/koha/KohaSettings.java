package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.HttpSettings;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One Koha ({@code kimppa.backends.koha.NAME.*}).
 *
 * @param rest where its REST interface is, such as {@code https://koha.example.fi/api/v1}
 * @param answer how long all calls for one request may take together; shorter than {@code kimppa.deadlines.backend}
 * @param clients by branch code; {@code common} serves the branches that have none of their own. Koha books a loan at
 *     the branch of the user whom the client belongs to, whatever the call says
 * @param sip2 which backend of {@code kimppa.backends.sip2} speaks with the SIP2 server of the same Koha
 * @param checkins how things are returned; {@code rest} is for a Koha that has POST /checkins, which no release is known
 *     to have
 * @param confirms what Koha wants confirmed and a machine may confirm by itself; what it refuses patrons is never
 *     confirmed
 * @param pinName what the card is called when a PIN is checked; {@code userid} in old releases
 * @param feeLimit above which Koha lends nothing (its preference noissuescharge), told to patrons; nothing if absent
 * @param paymentType the authorised value for payments at machines; nothing if absent
 * @param selfService whether doors ask the self-service extension of Koha-Suomi
 */
record KohaSettings(
        HttpSettings rest,
        @DefaultValue("7s") Duration answer,
        Map<String, Client> clients,
        @Nullable String sip2,
        @DefaultValue("sip2") Checkins checkins,

        @DefaultValue({"BIBLIO_ALREADY_ISSUED", "PREVISSUE", "HIGHHOLDS", "BORRNOTSAMEBRANCH", "ADDITIONAL_MATERIALS"})
        Set<String> confirms,

        @DefaultValue("identifier") PinName pinName,
        @Nullable BigDecimal feeLimit,
        @Nullable String paymentType,
        @DefaultValue("false") boolean selfService) {
    /** The client of the branches that have none of their own. */
    static final String COMMON = "common";

    /** How things are returned. */
    enum Checkins {
        SIP2,
        REST
    }

    /** What the card is called in a PIN check. */
    enum PinName {
        IDENTIFIER,
        USERID
    }

    /**
     * An OAuth2 client of Koha and whose it is.
     *
     * @param library the branch of its user in Koha's code; ours if absent
     */
    record Client(String id, Secret secret, @Nullable String library) {
        /** Koha's code of a branch of ours. */
        String library(String branch) {
            return library == null ? branch : library;
        }
    }

    /** Checks the ranges. */
    KohaSettings {
        clients = Map.copyOf(clients);
        confirms = Set.copyOf(confirms);
        if (clients.isEmpty()) {
            throw new IllegalArgumentException("clients must name at least one, such as clients.common.id");
        }
        if (answer.toMillis() < 100) {
            throw new IllegalArgumentException("answer must be 100 ms or more");
        }
        if (checkins == Checkins.SIP2 && sip2 == null) {
            throw new IllegalArgumentException("sip2 must name a backend of kimppa.backends.sip2 for returns");
        }
        Client common = clients.get(COMMON);
        if (common != null && common.library() == null) {
            throw new IllegalArgumentException("clients.common.library must name the branch of its user");
        }
        confirms.stream().filter(CheckoutKey::refusedToPatrons).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("confirms must not name " + key + ", which Koha refuses patrons");
        });
    }

    /** The limit above which nothing is lent. */
    Optional<BigDecimal> limit() {
        return Optional.ofNullable(feeLimit);
    }
}

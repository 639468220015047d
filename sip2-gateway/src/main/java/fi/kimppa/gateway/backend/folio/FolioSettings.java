package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.HttpSettings;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One FOLIO tenant ({@code kimppa.backends.folio.NAME.*}).
 *
 * @param http where Okapi or Kong listens, and its connections
 * @param tenant header {@code x-okapi-tenant} of every call
 * @param user of the service account; also the name under which payments are booked
 * @param password of the service account
 * @param answer how long everything that one request of a terminal needs may take, 500 ms or more; shorter than
 *     {@code kimppa.deadlines.backend}
 * @param renewEarly how long before its end an access token is exchanged for a new one
 * @param servicePoints by branch code: the code of a service point, or its UUID; {@code common} serves the branches
 *     that have none of their own
 * @param pin how a patron's PIN is checked
 * @param claimedReturned what is said of an item that its borrower claims to have returned when it comes back
 * @param mediaTypes three digits (CK) by the name of FOLIO's material type
 * @param holds how requests are placed and cancelled
 * @param payments how payments are booked
 * @param blocks whether 01 and 25 write and delete manual blocks: a decision of policy, and so off by default
 */
record FolioSettings(
        HttpSettings http,
        String tenant,
        String user,
        Secret password,
        @DefaultValue("7s") Duration answer,
        @DefaultValue("90s") Duration renewEarly,
        Map<String, String> servicePoints,
        @DefaultValue("pin") PinCheck pin,
        @DefaultValue("staff") ClaimedReturned claimedReturned,
        @DefaultValue Map<String, String> mediaTypes,
        @DefaultValue Holds holds,
        @DefaultValue Payments payments,
        @DefaultValue("false") boolean blocks) {
    /** The service point of the branches that have none of their own. */
    static final String COMMON = "common";

    /** How a patron's PIN is checked. */
    enum PinCheck {
        /** The patron PIN of mod-users. */
        PIN,
        /** The password of mod-login, by a log-in whose tokens are thrown away. */
        PASSWORD
    }

    /** How a claim is resolved when the item comes back (claimedReturnedResolution). */
    enum ClaimedReturned {
        /** By staff: the return is refused. */
        STAFF(""),
        RETURNED_BY_PATRON("Returned by patron"),
        FOUND_BY_LIBRARY("Found by library");

        private final String resolution;

        ClaimedReturned(String resolution) {
            this.resolution = resolution;
        }

        /** FOLIO's word for it; empty where staff resolve it. */
        Optional<String> resolution() {
            return Optional.of(resolution).filter(word -> !word.isEmpty());
        }
    }

    /** What a hold by item number asks for. */
    enum Level {
        ITEM,
        /** Any item of the title; the tenant must have switched title level requests on. */
        TITLE
    }

    /**
     * How requests are placed and cancelled.
     *
     * @param level what a hold by item number asks for; one by title is always at title level
     * @param recall whether a loan is recalled where a request could neither be paged nor queued
     * @param cancellationReason UUID of the reason under which a patron's own cancellation is filed; without one,
     *     cancelling is refused
     */
    record Holds(
            @DefaultValue("title") Level level,
            @DefaultValue("false") boolean recall,
            @Nullable UUID cancellationReason) {}

    /**
     * How payments are booked.
     *
     * @param method name of a payment method of FOLIO
     * @param notifyPatron whether FOLIO sends a notice of each
     * @param currency the tenant's, ISO 4217; others are refused
     */
    record Payments(
            @DefaultValue("Credit card") String method,
            @DefaultValue("false") boolean notifyPatron,
            @DefaultValue("EUR") String currency) {}

    /** Checks the ranges. */
    FolioSettings {
        servicePoints = Map.copyOf(servicePoints);
        mediaTypes = Map.copyOf(mediaTypes);
        if (tenant.isBlank() || user.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("tenant, user and password must be given");
        }
        if (answer.toMillis() < 500) {
            throw new IllegalArgumentException("answer must be 500 ms or more, found " + answer.toMillis() + " ms");
        }
        if (renewEarly.isNegative()) {
            throw new IllegalArgumentException("renew-early must not be negative");
        }
        if (servicePoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "service-points must name at least one service point, such as service-points.common=cd1");
        }
        if (!mediaTypes.values().stream().allMatch(code -> code.matches("\\d{3}"))) {
            throw new IllegalArgumentException("media-types must be three digits each");
        }
    }
}

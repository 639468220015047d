package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.FolioSettings.PinCheck;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.wire.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Finds out who a card is and whether a PIN is theirs. May be used by several threads. */
final class Patrons {
    private static final Logger LOG = LoggerFactory.getLogger(Patrons.class);

    private final String name;
    private final PinCheck pinCheck;
    private final PatronSessions sessions;

    Patrons(String name, FolioSettings settings, PatronSessions sessions) {
        this.name = name;
        this.pinCheck = settings.pin();
        this.sessions = sessions;
    }

    /**
     * A user record.
     *
     * @param id UUID
     * @param card barcode as FOLIO writes it
     * @param userName for a password log-in
     * @param birthDate ISO date
     * @param mail address for e-mail
     */
    record Patron(
            String id,
            String card,
            String userName,
            String personalName,
            boolean active,
            Optional<Instant> expires,
            Optional<String> birthDate,
            Optional<String> mail) {
        /** Whether the card may be used at this moment. */
        boolean valid(Instant now) {
            return active && expires.filter(end -> !now.isBefore(end)).isEmpty();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** Who stands at the machine. */
    sealed interface Who {
        /**
         * Somebody whom FOLIO knows.
         *
         * @param identified whether a PIN came, and was right; a wrong one gives {@link Stranger}
         */
        record Known(Patron patron, boolean identified) implements Who {}

        /**
         * Nobody to serve.
         *
         * @param card BL, whether there is such a card
         * @param pin CQ, whether the PIN was right; empty when none was checked
         * @param sentence key of what is said
         */
        record Stranger(boolean card, Optional<Boolean> pin, String sentence) implements Who {}
    }

    /** Looks at card and PIN; a PIN that is absent or empty was asked of nobody and is no try. */
    Who who(Conversation folio, String card, Optional<Secret> pin, Terminal terminal) {
        List<JsonNode> users = users(folio, card);
        if (users.size() > 1) {
            LOG.warn("{}: a card number belongs to several users and is not served", name);
            return new Who.Stranger(false, Optional.empty(), "card.ambiguous");
        }
        if (users.isEmpty()) {
            return new Who.Stranger(false, Optional.empty(), "card.unknown");
        }
        Patron patron = patron(users.getFirst());
        if (pin.filter(digits -> !digits.isEmpty()).isEmpty()) {
            return new Who.Known(patron, false);
        }
        if (!sessions.knows(terminal, card, pin.get())) {
            if (!right(folio, patron, pin.get())) {
                return new Who.Stranger(true, Optional.of(false), "card.unknown");
            }
            sessions.remember(terminal, card, pin.get());
        }
        return new Who.Known(patron, true);
    }

    private static List<JsonNode> users(Conversation folio, String card) {
        JsonNode answer = folio.read(
                Call.get("users").query("query", Cql.exact("barcode", card)).query("limit", "2"));
        return Json.list(answer, "users").stream()
                .filter(user -> Json.text(user, "barcode")
                        .filter(card::equalsIgnoreCase)
                        .isPresent())
                .toList();
    }

    private static Patron patron(JsonNode user) {
        return new Patron(
                Json.text(user, "id").orElseThrow(),
                Json.text(user, "barcode").orElseThrow(),
                Json.text(user, "username").orElse(""),
                Stream.of("firstName", "lastName")
                        .flatMap(part -> Json.text(user, "personal", part).stream())
                        .collect(Collectors.joining(" ")),
                // FOLIO leaves the field out where it is false.
                Json.yes(user, "active"),
                Json.moment(user, "expirationDate"),
                Json.text(user, "personal", "dateOfBirth")
                        .filter(date -> date.length() >= 10)
                        .map(date -> date.substring(0, 10)),
                Json.text(user, "personal", "email"));
    }

    private boolean right(Conversation folio, Patron patron, Secret pin) {
        char[] digits = pin.reveal();
        try {
            return switch (pinCheck) {
                case PIN ->
                    folio.confirms(Call.post("patron-pin", "verify").json(Map.of("id", patron.id, "pin", digits)));
                case PASSWORD -> !patron.userName.isEmpty() && folio.logsIn(patron.userName, digits);
            };
        } finally {
            Arrays.fill(digits, '\0');
        }
    }
}

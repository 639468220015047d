package fi.kimppa.gateway.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import fi.kimppa.gateway.access.EntryDecision.Denied;
import fi.kimppa.gateway.access.EntryDecision.Granted;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code POST /api/entries}: a door asks whether to open. A refusal is an answer, hence 200. */
@RestController
class EntryController {
    private static final int LONGEST_CARD = 64;
    private static final int LONGEST_PIN = 32;

    private final EntryDesk desk;
    private final Clock clock;

    EntryController(EntryDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * Card and PIN.
     *
     * @param card library card number
     * @param pin erased after use
     */
    record EntryRequest(String card, Secret pin) {
        @JsonCreator
        static EntryRequest of(@JsonProperty("card") @Nullable String card, @JsonProperty("pin") @Nullable String pin) {
            return new EntryRequest(card == null ? "" : card.strip(), Secret.of(pin == null ? "" : pin));
        }

        boolean complete() {
            int length = pin.reveal().length;
            return !card.isEmpty() && card.length() <= LONGEST_CARD && length > 0 && length <= LONGEST_PIN;
        }

        @Override
        public String toString() {
            return "EntryRequest[***]";
        }
    }

    /**
     * The answer.
     *
     * @param granted whether the door opens
     * @param reason GRANTED or why not
     * @param unlockMillis how long
     * @param parameters for the door's sentence
     */
    record EntryAnswer(boolean granted, String reason, long unlockMillis, Map<String, String> parameters) {
        static EntryAnswer of(EntryDecision decision) {
            return switch (decision) {
                case Granted(Duration unlock) -> new EntryAnswer(true, EntryLog.GRANTED, unlock.toMillis(), Map.of());
                case Denied(EntryDecision.Reason reason, Map<String, String> parameters) ->
                    new EntryAnswer(false, reason.name(), 0, parameters);
            };
        }
    }

    @PostMapping("/api/entries")
    EntryAnswer enter(@RequestBody EntryRequest request, @AuthenticationPrincipal Terminal terminal) {
        try (Secret pin = request.pin()) {
            if (terminal.kind() != Terminal.Kind.DOOR) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only a door may ask for an entry");
            }
            if (!request.complete()) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "card and pin are needed");
            }
            return EntryAnswer.of(desk.enter(terminal, request.card(), pin));
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> paused(EntryDesk.PausedException e) {
        long seconds = Math.max(1, Duration.between(clock.instant(), e.until()).toSeconds());
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, "too many wrong PINs"));
    }
}

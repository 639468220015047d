package fi.kimppa.gateway.mail;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import fi.kimppa.gateway.consortium.Terminal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code POST /api/receipts}: a kiosk hands over a receipt that its patron wants by e-mail. */
@RestController
class ReceiptController {
    private static final int LONGEST_CARD = 64;

    /** Two hundred loans, with three lines of 48 letters each. */
    private static final int LONGEST_TEXT = 40_000;

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    /** Seconds after which another receipt may be taken. */
    private static final String LATER = "3600";

    private final ReceiptDesk desk;

    ReceiptController(ReceiptDesk desk) {
        this.desk = desk;
    }

    /**
     * A receipt.
     *
     * @param number made by the kiosk for this receipt; the same one again is the same receipt
     * @param card whose it is
     * @param language of the text
     * @param text what would have been printed, line by line
     */
    record ReceiptRequest(Optional<UUID> number, String card, String language, String text) {
        @JsonCreator
        static ReceiptRequest of(
                @JsonProperty("number") @Nullable UUID number,
                @JsonProperty("card") @Nullable String card,
                @JsonProperty("language") @Nullable String language,
                @JsonProperty("text") @Nullable String text) {
            return new ReceiptRequest(
                    Optional.ofNullable(number),
                    card == null ? "" : card.strip(),
                    language == null ? "" : language,
                    text == null ? "" : text);
        }

        boolean complete() {
            return number.isPresent()
                    && !card.isEmpty()
                    && card.length() <= LONGEST_CARD
                    && LANGUAGE.matcher(language).matches()
                    && !text.isBlank()
                    && text.length() <= LONGEST_TEXT
                    && text.codePoints().noneMatch(point -> point != '\n' && Character.isISOControl(point));
        }

        @Override
        public String toString() {
            return "ReceiptRequest[***]";
        }
    }

    @PostMapping("/api/receipts")
    ResponseEntity<ProblemDetail> mail(
            @RequestBody ReceiptRequest receipt, @AuthenticationPrincipal Terminal terminal) {
        if (terminal.kind() != Terminal.Kind.KIOSK) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only a kiosk gives receipts");
        }
        if (!receipt.complete()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "number, card, language and text are needed, text without control characters");
        }
        ReceiptDesk.Answer answer =
                desk.take(terminal, receipt.number().orElseThrow(), receipt.card(), receipt.language(), receipt.text());
        return switch (answer) {
            case TAKEN -> ResponseEntity.accepted().build();
            case NO_ADDRESS -> problem(HttpStatus.NOT_FOUND, "there is no address");
            case SILENT -> problem(HttpStatus.SERVICE_UNAVAILABLE, "no receipt can be sent now");
            case TOO_MANY ->
                ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, LATER)
                        .body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, "too many receipts"));
        };
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}

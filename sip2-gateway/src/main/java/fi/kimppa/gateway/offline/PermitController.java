package fi.kimppa.gateway.offline;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.offline.OffLineKeys.Lending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/offline/permit}: what a kiosk may do while this gateway is away. */
@RestController
class PermitController {
    private final KnownCards known;
    private final CardDigests digests;
    private final PermitSignature signature;
    private final Settings settings;
    private final JsonMapper json;
    private final Clock clock;

    PermitController(
            KnownCards known,
            CardDigests digests,
            PermitSignature signature,
            Settings settings,
            JsonMapper json,
            Clock clock) {
        this.known = known;
        this.digests = digests;
        this.signature = signature;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What is signed.
     *
     * @param terminal for which kiosk
     * @param loans to whom it lends
     * @param withoutPin whether to a known card whose PIN nobody has checked
     * @param things how many a card may borrow from it
     * @param days until a loan is due; 0 where the library says
     * @param key of the digests, hexadecimal
     * @param cards a digest of each known card
     */
    record Permit(
            String terminal,
            Instant issuedAt,
            Instant expiresAt,
            Lending loans,
            boolean withoutPin,
            int things,
            int days,
            String key,
            List<String> cards) {
        Permit {
            cards = List.copyOf(cards);
        }
    }

    /**
     * The answer.
     *
     * @param permit the bytes that are signed, in Base64
     * @param signature in Base64
     */
    record Signed(String permit, String signature) {}

    @GetMapping("/api/offline/permit")
    Signed permit(@AuthenticationPrincipal Terminal terminal) {
        if (terminal.kind() != Terminal.Kind.KIOSK) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only a kiosk lends");
        }
        byte[] bytes = json.writeValueAsBytes(of(terminal));
        return new Signed(Base64.getEncoder().encodeToString(bytes), signature.sign(bytes));
    }

    private Permit of(Terminal terminal) {
        Lending loans = value(OffLineKeys.LOANS, terminal);
        Instant now = clock.instant();
        return new Permit(
                terminal.login(),
                now,
                now.plus(Duration.ofHours(value(OffLineKeys.HOURS, terminal))),
                loans,
                value(OffLineKeys.WITHOUT_PIN, terminal),
                value(OffLineKeys.THINGS, terminal),
                value(OffLineKeys.DAYS, terminal),
                digests.key(terminal.branchCode()),
                loans == Lending.KNOWN_CARDS ? known.of(terminal.branchCode()) : List.of());
    }

    private <T> T value(SettingKey<T> key, Terminal terminal) {
        return settings.value(key, Scope.branch(terminal.branchCode()));
    }
}

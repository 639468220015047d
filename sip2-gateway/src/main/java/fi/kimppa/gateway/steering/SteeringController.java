package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.Terminal;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /api/kiosk/configuration}: what a kiosk shall have on top of its own file, byte for byte as its version says. {@code GET
 * /api/kiosk/logos/DIGEST}: a picture that it names.
 */
@RestController
class SteeringController {
    private final Steering steering;
    private final Logos logos;

    SteeringController(Steering steering, Logos logos) {
        this.steering = steering;
        this.logos = logos;
    }

    @GetMapping("/api/kiosk/configuration")
    ResponseEntity<byte[]> configuration(@AuthenticationPrincipal Terminal terminal) {
        onlyKiosks(terminal);
        Steering.Document document = steering.of(terminal);
        return ResponseEntity.ok()
                .eTag("\"" + document.version() + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(document.text().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/kiosk/logos/{digest}")
    ResponseEntity<byte[]> logo(@PathVariable String digest, @AuthenticationPrincipal Terminal terminal) {
        onlyKiosks(terminal);
        return logos.find(digest)
                .map(png -> ResponseEntity.ok()
                        .eTag("\"" + digest + "\"")
                        .contentType(MediaType.IMAGE_PNG)
                        .body(png))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static void onlyKiosks(Terminal terminal) {
        if (terminal.kind() != Terminal.Kind.KIOSK) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only a kiosk is steered");
        }
    }
}

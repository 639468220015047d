package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Terminal;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/reports}: a terminal says how it is. */
@RestController
class ReportController {
    private final Fleet fleet;

    ReportController(Fleet fleet) {
        this.fleet = fleet;
    }

    @PostMapping("/api/reports")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void report(@Valid @RequestBody DeviceReport report, @AuthenticationPrincipal Terminal terminal) {
        fleet.accept(terminal.login(), report);
    }
}

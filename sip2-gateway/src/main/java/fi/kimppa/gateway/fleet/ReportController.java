package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Terminal;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/reports}: a terminal says how it is. A staff pad may be told to write a tag in return. */
@RestController
class ReportController {
    private final Fleet fleet;
    private final TagOrders orders;

    ReportController(Fleet fleet, TagOrders orders) {
        this.fleet = fleet;
        this.orders = orders;
    }

    /** The body of an answer that has one. */
    record ReportAnswer(TagCommand tagOrder) {}

    @PostMapping("/api/reports")
    ResponseEntity<ReportAnswer> report(
            @Valid @RequestBody DeviceReport report, @AuthenticationPrincipal Terminal terminal) {
        fleet.accept(terminal.login(), report);
        return Optional.ofNullable(report.tagOrders())
                .flatMap(work -> orders.answer(terminal, work))
                .map(order -> ResponseEntity.ok(new ReportAnswer(order)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}

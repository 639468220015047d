package fi.kimppa.gateway.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.steering.Steering;
import jakarta.validation.Valid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/reports}: a terminal says how it is. A staff pad may be told to write a tag in return, a kiosk that other settings wait, or to start anew. */
@RestController
class ReportController {
    private final Fleet fleet;
    private final TagOrders orders;
    private final RestartOrders restarts;
    private final Steering steering;

    ReportController(Fleet fleet, TagOrders orders, RestartOrders restarts, Steering steering) {
        this.fleet = fleet;
        this.orders = orders;
        this.restarts = restarts;
        this.steering = steering;
    }

    /**
     * The body of an answer that has one.
     *
     * @param tagOrder what a staff pad shall write
     * @param configuration version of what a kiosk shall have on top of its own file
     * @param restart true where a kiosk shall start its program anew as soon as nobody is there
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportAnswer(
            @Nullable TagCommand tagOrder,
            @Nullable String configuration,
            @Nullable Boolean restart) {}

    @PostMapping("/api/reports")
    ResponseEntity<ReportAnswer> report(
            @Valid @RequestBody DeviceReport report, @AuthenticationPrincipal Terminal terminal) {
        fleet.accept(terminal.login(), report);
        Optional<TagCommand> order =
                Optional.ofNullable(report.tagOrders()).flatMap(work -> orders.answer(terminal, work));
        Optional<String> version = Optional.ofNullable(report.configuration())
                .filter(_ -> terminal.kind() == Terminal.Kind.KIOSK)
                .flatMap(said -> steering.news(terminal, said.accepted(), said.refused()));
        Optional<Boolean> restart = Optional.ofNullable(report.run())
                .filter(run -> restarts.wanted(terminal, run))
                .map(_ -> true);
        return order.isEmpty() && version.isEmpty() && restart.isEmpty()
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok(new ReportAnswer(order.orElse(null), version.orElse(null), restart.orElse(null)));
    }
}

package fi.kimppa.gateway.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.ServiceMode;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code GET /api/branch}: where a terminal stands, whether its branch is open now, and whether this gateway is one for trying out. */
@RestController
class BranchController {
    private final Consortium consortium;
    private final Clock clock;
    private final boolean testing;

    /**
     * A controller.
     *
     * @param testing {@code kimppa.testing}: whether nothing that is lent and returned here counts
     */
    BranchController(Consortium consortium, Clock clock, @Value("${kimppa.testing:false}") boolean testing) {
        this.consortium = consortium;
        this.clock = clock;
        this.testing = testing;
    }

    /**
     * The answer.
     *
     * @param opening nothing where nobody has said when the branch is open
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchNow(
            String branch,
            String name,
            boolean testing,
            @Nullable Opening opening) {}

    /**
     * How the branch is open.
     *
     * @param mode {@code STAFFED}, {@code SELF_SERVICE} or {@code CLOSED}
     * @param until when that ends; nothing where it does not within a week
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Opening(String mode, @Nullable Instant until) {}

    @GetMapping("/api/branch")
    BranchNow branch(@AuthenticationPrincipal Terminal terminal) {
        Branch branch = consortium
                .branch(terminal.branchCode())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return new BranchNow(
                branch.code(), branch.name(), testing, branch.openingPeriods().isEmpty() ? null : opening(branch));
    }

    private Opening opening(Branch branch) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), clock.getZone());
        Optional<Instant> until =
                branch.changeAfter(now).map(then -> then.atZone(clock.getZone()).toInstant());
        return new Opening(branch.modeAt(now).map(ServiceMode::name).orElse("CLOSED"), until.orElse(null));
    }
}

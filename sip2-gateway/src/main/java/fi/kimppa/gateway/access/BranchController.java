package fi.kimppa.gateway.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.ServiceMode;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code GET /api/branch}: where a terminal stands, whether its branch is open now, what the library says to everybody there, and whether
 * this gateway is one for trying out.
 */
@RestController
class BranchController {
    private final Consortium consortium;
    private final Settings settings;
    private final MessageSource messages;
    private final Clock clock;
    private final boolean testing;

    /**
     * A controller.
     *
     * @param testing {@code kimppa.testing}: whether nothing that is lent and returned here counts
     */
    BranchController(
            Consortium consortium,
            Settings settings,
            MessageSource messages,
            Clock clock,
            @Value("${kimppa.testing:false}") boolean testing) {
        this.consortium = consortium;
        this.settings = settings;
        this.messages = messages;
        this.clock = clock;
        this.testing = testing;
    }

    /**
     * The answer.
     *
     * @param opening nothing where nobody has said when the branch is open
     * @param notice nothing where the library has nothing to say today
     * @param rooms nothing where there are none that people book themselves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchNow(
            String branch,
            String name,
            boolean testing,
            @Nullable Opening opening,
            @Nullable Notice notice,
            @Nullable Rooms rooms) {}

    /**
     * How the branch is open.
     *
     * @param mode {@code STAFFED}, {@code SELF_SERVICE} or {@code CLOSED}
     * @param until when that ends; nothing where it does not within a week
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Opening(String mode, @Nullable Instant until) {}

    /**
     * What the library says to everybody today. A text that is there in one language stands in for the others.
     *
     * @param until the end of this day: a terminal that hears nothing more does not say it tomorrow
     */
    record Notice(String fi, String sv, String en, Instant until) {}

    /**
     * Where the branch's rooms are booked.
     *
     * @param address of a page for patrons' own telephones
     */
    record Rooms(Named name, String address) {}

    /** In each language. */
    record Named(String fi, String sv, String en) {}

    @GetMapping("/api/branch")
    BranchNow branch(@AuthenticationPrincipal Terminal terminal) {
        Branch branch = consortium
                .branch(terminal.branchCode())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Scope place = Scope.device(terminal.login());
        return new BranchNow(
                branch.code(),
                branch.name(),
                testing,
                branch.openingPeriods().isEmpty() ? null : opening(branch),
                notice(place).orElse(null),
                rooms(place).orElse(null));
    }

    private Optional<Notice> notice(Scope place) {
        String fi = settings.value(BranchKeys.NOTICE_FI, place);
        String sv = settings.value(BranchKeys.NOTICE_SV, place);
        String en = settings.value(BranchKeys.NOTICE_EN, place);
        return Stream.of(fi, sv, en)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(other -> new Notice(or(fi, other), or(sv, other), or(en, other), endOfDay()));
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private Instant endOfDay() {
        return LocalDateTime.ofInstant(clock.instant(), clock.getZone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(clock.getZone())
                .toInstant();
    }

    private Optional<Rooms> rooms(Scope place) {
        return Optional.of(settings.value(BranchKeys.ROOMS, place))
                .filter(address -> !address.isEmpty())
                .map(address -> new Rooms(named(), address));
    }

    private Named named() {
        return new Named(rooms(Locale.of("fi")), rooms(Locale.of("sv")), rooms(Locale.of("en")));
    }

    private String rooms(Locale language) {
        return text(language, "branch.rooms");
    }

    private String text(Locale language, String key) {
        return messages.getMessage(key, null, language);
    }

    private Opening opening(Branch branch) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), clock.getZone());
        Optional<Instant> until =
                branch.changeAfter(now).map(then -> then.atZone(clock.getZone()).toInstant());
        return new Opening(branch.modeAt(now).map(ServiceMode::name).orElse("CLOSED"), until.orElse(null));
    }
}

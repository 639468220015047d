package fi.kimppa.gateway.catalogue;

import fi.kimppa.gateway.catalogue.Query.By;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/catalogue}: what kiosks and staff pads ask the catalogue. A hold is no matter of it: that is a 15 of SIP2. */
@RestController
@RequestMapping("/api/catalogue")
class CatalogueController {
    /** Seconds after which it is worth asking a silent catalogue again. */
    private static final String AGAIN = "15";

    private static final int LONGEST_ID = 200;
    private static final Set<Terminal.Kind> ASKERS = Set.of(Terminal.Kind.KIOSK, Terminal.Kind.DESK);
    private static final Set<String> LANGUAGES = Set.of("fi", "sv", "en");
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueController.class);

    private final Catalogues catalogues;
    private final Ratings ratings;
    private final Consortium consortium;

    CatalogueController(Catalogues catalogues, Ratings ratings, Consortium consortium) {
        this.catalogues = catalogues;
        this.ratings = ratings;
        this.consortium = consortium;
    }

    /** A branch at which a hold can be fetched. */
    record PickUp(String branch, String name) {}

    /** The body of the answer about branches. */
    record PickUps(List<PickUp> branches) {}

    @GetMapping("/titles")
    Found titles(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "any") String by,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int size,
            @RequestParam(defaultValue = "fi") String language,
            @AuthenticationPrincipal Terminal terminal) {
        mayAsk(terminal);
        need(!text.isBlank() && text.length() <= Query.LONGEST_TEXT, "text must have 1 to 200 characters");
        need(page >= 1 && page <= Query.LAST_PAGE, "page must be 1 to 25");
        need(size >= 1 && size <= Query.LARGEST_PAGE, "size must be 1 to 50");
        Query query = new Query(text, by(by), page, size, known(language));
        Found found = catalogues.chosen().search(query);
        return new Found(ratings.shown(found.titles()), found.total(), found.more(), found.near());
    }

    /** @param id as a list of titles has it; no part of the path, since Finna's may have a slash */
    @GetMapping("/title")
    Availability title(
            @RequestParam String id,
            @RequestParam(defaultValue = "fi") String language,
            @AuthenticationPrincipal Terminal terminal) {
        mayAsk(terminal);
        need(!id.isBlank() && id.length() <= LONGEST_ID, "id must have 1 to 200 characters");
        return catalogues
                .chosen()
                .title(id, known(language))
                .map(ratings::shown)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such title"));
    }

    /** Where a hold can be fetched, by code. */
    @GetMapping("/branches")
    PickUps branches(@AuthenticationPrincipal Terminal terminal) {
        mayAsk(terminal);
        return new PickUps(consortium.branches().stream()
                .map(branch -> new PickUp(branch.code(), branch.name()))
                .toList());
    }

    private static void mayAsk(Terminal terminal) {
        if (!ASKERS.contains(terminal.kind())) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "only a kiosk or a staff pad may ask the catalogue");
        }
    }

    private static By by(String word) {
        return Stream.of(By.values())
                .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "by must be any, title, author or subject"));
    }

    private static String known(String language) {
        need(LANGUAGES.contains(language), "language must be fi, sv or en");
        return language;
    }

    private static void need(boolean holds, String what) {
        if (!holds) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, what);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> silent(CatalogueSilentException e) {
        LOG.warn("No answer from the catalogue: {}", e.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, AGAIN)
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE, "the catalogue does not answer"));
    }
}

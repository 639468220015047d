package fi.kimppa.gateway.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import fi.kimppa.gateway.catalogue.EResources.Tile;
import fi.kimppa.gateway.catalogue.Ratings.Vote;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a kiosk shows while nobody is there, and the stars that somebody leaves after a return. */
@RestController
@RequestMapping("/api/catalogue")
class FeedController {
    /** How many days a title is new; 0 where new titles are not shown. */
    static final SettingKey<Integer> NEW_DAYS = SettingKey.whole("catalogue.new-days", 28, 0, 365);

    private static final int MOST_NEW = 20;
    private static final int LONGEST_ITEM = 64;
    private static final int MOST_STARS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(FeedController.class);

    private final Tips tips;
    private final EResources resources;
    private final Ratings ratings;
    private final Catalogues catalogues;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;

    FeedController(
            Tips tips,
            EResources resources,
            Ratings ratings,
            Catalogues catalogues,
            Settings settings,
            Consortium consortium,
            Clock clock) {
        this.tips = tips;
        this.resources = resources;
        this.ratings = ratings;
        this.catalogues = catalogues;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    @Bean
    static SettingGroup feedSettings() {
        return new SettingGroup(List.of(NEW_DAYS));
    }

    // ---- the idle screen ---------------------------------------------------------------------------------

    /**
     * A tip as a kiosk shows it.
     *
     * @param title as the catalogue names the work; empty where it is about none
     */
    record ShownTip(long id, InLanguages heading, InLanguages text, String title) {}

    /** Everything for the idle screen of one branch. */
    record Feed(List<ShownTip> tips, List<Title> added, List<Tile> resources) {}

    @GetMapping("/feed")
    Feed feed(@AuthenticationPrincipal Terminal terminal) {
        onlyKiosks(terminal);
        String municipality = consortium
                .branch(terminal.branchCode())
                .map(Branch::municipality)
                .orElse("");
        return new Feed(
                tips.shown(municipality).stream()
                        .map(tip -> new ShownTip(
                                tip.id(), tip.heading().filled(), tip.text().filled(), tip.title()))
                        .toList(),
                added(terminal),
                resources.shown(municipality));
    }

    /** A catalogue that is silent takes the tips with it from no screen. */
    private List<Title> added(Terminal terminal) {
        int days = settings.value(NEW_DAYS, Scope.branch(terminal.branchCode()));
        if (days == 0) {
            return List.of();
        }
        try {
            LocalDate since = LocalDate.now(clock).minusDays(days);
            return ratings.shown(catalogues.chosen().added(since, MOST_NEW, "fi"));
        } catch (CatalogueSilentException e) {
            LOG.warn("No new titles for the feed: {}", e.getMessage());
            return List.of();
        }
    }

    // ---- stars -------------------------------------------------------------------------------------------

    /**
     * Stars for a thing that was just returned. Who gives them is not said.
     *
     * @param item AB of the return
     * @param stars 1 to 5
     */
    record RatingRequest(String item, int stars) {
        @JsonCreator
        static RatingRequest of(
                @JsonProperty("item") @Nullable String item, @JsonProperty("stars") @Nullable Integer stars) {
            return new RatingRequest(item == null ? "" : item.strip(), stars == null ? 0 : stars);
        }

        boolean complete() {
            return !item.isEmpty() && item.length() <= LONGEST_ITEM && stars >= 1 && stars <= MOST_STARS;
        }
    }

    /** What became of them; not counted is an answer too. */
    record RatingAnswer(Vote outcome) {}

    @PostMapping("/ratings")
    RatingAnswer rate(@RequestBody RatingRequest request, @AuthenticationPrincipal Terminal terminal) {
        onlyKiosks(terminal);
        if (!request.complete()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "item and 1 to 5 stars are needed");
        }
        return new RatingAnswer(ratings.give(terminal, request.item(), request.stars()));
    }

    private static void onlyKiosks(Terminal terminal) {
        if (terminal.kind() != Terminal.Kind.KIOSK) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only a kiosk has an idle screen and takes stars");
        }
    }
}

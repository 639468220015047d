package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway has for a kiosk that nobody uses. Nothing of it belongs to a patron.
 *
 * @param news tips and new titles, in the order in which they are shown
 * @param resources electronic collections of this branch
 */
public record Feed(List<News> news, List<EResource> resources) {
    /** Nothing was told, or there is nothing. */
    public static final Feed NONE = new Feed(List.of(), List.of());

    /** Takes copies. */
    public Feed {
        news = List.copyOf(news);
        resources = List.copyOf(resources);
    }

    /** A text in the languages that the gateway has it in. */
    public record InLanguages(String fi, String sv, String en) {
        /** In this language, or in Finnish. */
        public String in(Language language) {
            return switch (language.tag()) {
                case "sv" -> sv;
                case "en" -> en;
                default -> fi;
            };
        }
    }

    /** One thing to tell whoever passes by. */
    public sealed interface News {
        /**
         * What staff recommend.
         *
         * @param text may be empty
         */
        record Tip(InLanguages heading, InLanguages text) implements News {}

        /**
         * What the library has got.
         *
         * @param author may be empty
         */
        record NewTitle(String title, String author) implements News {}
    }

    /**
     * A collection that is read elsewhere.
     *
     * @param address http or https
     */
    public record EResource(InLanguages name, String address) {
        /** The address as a person types it: without what every browser adds. */
        public String shortAddress() {
            String bare = address.replaceFirst("^https?://(www\\.)?", "");
            return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        }
    }

    /** What the front page tells now: one after the other, or one all day where nothing shall change under somebody's eyes. */
    public Optional<News> shown(Surroundings around) {
        Duration turn = around.settings().newsTurn();
        return turn.isZero() || around.preferences().has(Preference.CALM)
                ? ofTheDay(around.today())
                : pick(around.now().getEpochSecond() / turn.toSeconds());
    }

    /** What is told all day. */
    public Optional<News> ofTheDay(LocalDate day) {
        return pick(day.toEpochDay());
    }

    private Optional<News> pick(long turns) {
        return news.isEmpty() ? Optional.empty() : Optional.of(news.get(Math.floorMod(turns, news.size())));
    }
}

package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.Feed.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /api/catalogue/feed}, as {@code deploy/contract/catalogue-feed.json} has it. What a kiosk has no use for
 * is read over, and so is a line that lacks what it is about.
 */
record CatalogueFeed(
        @Nullable List<Tip> tips,
        @Nullable List<Title> added,
        @Nullable List<Resource> resources) {
    /** So much is told at most, and so many collections stand on the screen. */
    private static final int MOST_NEWS = 40;

    private static final int MOST_RESOURCES = 24;

    /** What a telephone opens without asking; a QR code of more could not be read from the screen. */
    static final Pattern ADDRESS = Pattern.compile("https?://[^\\s]{1,200}");

    record Tip(@Nullable Words heading, @Nullable Words text) {
        private Optional<News> news() {
            return words(heading).map(head -> new News.Tip(head, words(text).orElse(new InLanguages("", "", ""))));
        }
    }

    record Title(@Nullable String title, @Nullable String author) {
        private Optional<News> news() {
            return text(title)
                    .map(named -> new News.NewTitle(named, text(author).orElse("")));
        }
    }

    record Resource(@Nullable Words name, @Nullable String address) {
        private Optional<EResource> resource() {
            return words(name)
                    .flatMap(named -> text(address)
                            .filter(where -> ADDRESS.matcher(where).matches())
                            .map(where -> new EResource(named, where)));
        }
    }

    record Words(
            @Nullable String fi,
            @Nullable String sv,
            @Nullable String en) {}

    /** What the session knows of it. */
    Feed feed() {
        List<News> recommended =
                some(tips).stream().flatMap(tip -> tip.news().stream()).toList();
        List<News> fresh =
                some(added).stream().flatMap(title -> title.news().stream()).toList();
        return new Feed(
                byTurns(recommended, fresh).stream().limit(MOST_NEWS).toList(),
                some(resources).stream()
                        .flatMap(resource -> resource.resource().stream())
                        .limit(MOST_RESOURCES)
                        .toList());
    }

    /** A tip, a title, a tip: where there are many of one kind the other is not waited for long. */
    private static List<News> byTurns(List<News> one, List<News> other) {
        List<News> all = new ArrayList<>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            if (i < one.size()) {
                all.add(one.get(i));
            }
            if (i < other.size()) {
                all.add(other.get(i));
            }
        }
        return all;
    }

    private static <T> List<T> some(@Nullable List<T> lines) {
        return lines == null
                ? List.of()
                : lines.stream().filter(Objects::nonNull).toList();
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
    }

    /** In every language, Finnish or what else there is standing in. */
    private static Optional<InLanguages> words(@Nullable Words words) {
        return Optional.ofNullable(words).flatMap(CatalogueFeed::filled);
    }

    private static Optional<InLanguages> filled(Words words) {
        return text(words.fi())
                .or(() -> text(words.sv()))
                .or(() -> text(words.en()))
                .map(other -> new InLanguages(
                        other, text(words.sv()).orElse(other), text(words.en()).orElse(other)));
    }
}

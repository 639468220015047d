package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Feed.News;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told to whoever passes by, in words. Pure; any thread.
 *
 * @param kind what sort of news it is
 * @param what what it is about
 * @param more what else there is to say; may be empty
 */
public record FeedWording(String kind, String what, String more) {
    /** In the language of these texts. */
    public static FeedWording of(Texts texts, News news) {
        return switch (news) {
            case News.Tip(var heading, var text) ->
                new FeedWording(texts.say("home.tip"), heading.in(texts.language()), text.in(texts.language()));
            case News.NewTitle(String title, String author) -> new FeedWording(texts.say("home.new"), title, author);
        };
    }

    /** One after the other. */
    public List<String> lines() {
        return Stream.of(kind, what, more).filter(line -> !line.isEmpty()).toList();
    }
}

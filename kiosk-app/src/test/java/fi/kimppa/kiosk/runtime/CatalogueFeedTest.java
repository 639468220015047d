package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.Feed.News;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CatalogueFeedTest {
    private static Feed feed(String json) {
        return JsonMapper.builder().build().readValue(json, CatalogueFeed.class).feed();
    }

    @Test
    void makesNothingOfNothing() {
        assertThat(feed("{}")).isEqualTo(Feed.NONE);
        assertThat(feed("{\"tips\": null, \"added\": [null], \"resources\": [{}]}"))
                .isEqualTo(Feed.NONE);
    }

    @Test
    void tellsTipsAndTitlesByTurns() {
        assertThat(feed("""
                        {"tips": [{"heading": {"fi": "A"}, "text": {"sv": "a"}}],
                         "added": [{"title": "B", "author": "b"}, {"title": "C"}, {"author": "nobody"}]}""").news())
                .containsExactly(
                        new News.Tip(new InLanguages("A", "A", "A"), new InLanguages("a", "a", "a")),
                        new News.NewTitle("B", "b"),
                        new News.NewTitle("C", ""));
    }

    @Test
    void takesAddressesOfTheWebOnly() {
        assertThat(feed("""
                        {"resources": [
                          {"code": "a", "name": {"fi": "A", "en": "The A"}, "address": "https://a.example/"},
                          {"code": "b", "name": {"fi": "B"}, "address": "tel:+358"},
                          {"code": "c", "name": {"fi": "C"}, "address": "https://c.example/ x"},
                          {"code": "d", "name": {"fi": " "}, "address": "https://d.example/"}]}""").resources())
                .isEqualTo(List.of(new EResource(new InLanguages("A", "A", "The A"), "https://a.example/")));
    }
}

package fi.kimppa.gateway.backend.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a library system said: yes (200 to 299) or no (400 to 499, and whatever else the caller wanted to hear). Prints as
 * its status alone.
 *
 * @param status of HTTP
 * @param headers by name in small letters, each with its values in order, cookies among them
 * @param content the body
 */
public record Answer(int status, Map<String, List<String>> headers, Content content) {
    /** The body. */
    public sealed interface Content {
        /** There was none. */
        record Nothing() implements Content {}

        /** JSON. */
        record Json(JsonNode value) implements Content {}

        /** Something else, which only a refusal may be. */
        record Text(String value) implements Content {}
    }

    /** Takes a copy of the map. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Whether it is a yes. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body, if it is JSON. */
    public Optional<JsonNode> json() {
        return content instanceof Content.Json(JsonNode value) ? Optional.of(value) : Optional.empty();
    }

    /** The values of a header, none if it is absent. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String toString() {
        return Integer.toString(status);
    }
}

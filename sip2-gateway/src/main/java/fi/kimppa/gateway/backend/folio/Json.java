package fi.kimppa.gateway.backend.folio;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what may be absent in FOLIO's answers. */
final class Json {
    /** FOLIO's modules write {@code Z}, {@code +00:00} and {@code +0000}. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Json() {}

    /** The text at this path, unless it is blank. */
    static Optional<String> text(JsonNode node, String... path) {
        return Optional.of(at(node, path).asString("")).filter(text -> !text.isBlank());
    }

    /** The moment at this path. */
    static Optional<Instant> moment(JsonNode node, String... path) {
        return text(node, path).flatMap(Json::parsed);
    }

    /** The amount at this path, which may be a number or text. */
    static Optional<BigDecimal> amount(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        try {
            return found.isNumber()
                    ? Optional.of(found.decimalValue())
                    : text(node, path).map(BigDecimal::new);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the value at this path is true. */
    static boolean yes(JsonNode node, String... path) {
        return at(node, path).asBoolean(false);
    }

    /** The entries of a list; none if there is no list. */
    static List<JsonNode> list(JsonNode node, String name) {
        return node.path(name).valueStream().toList();
    }

    private static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, DATE).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package fi.kimppa.gateway.backend.finna;

import fi.kimppa.gateway.catalogue.Title;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Records of Finna as titles. What a record does not say, or says in another form than is documented, is left out. Pure. */
final class FinnaRecords {
    private FinnaRecords() {}

    /** The titles of an answer; a record without an id or a title is none. */
    static List<Title> titles(JsonNode answer) {
        return StreamSupport.stream(answer.path("records").spliterator(), false)
                .filter(record ->
                        !text(record, "id").isEmpty() && !text(record, "title").isEmpty())
                .map(FinnaRecords::title)
                .toList();
    }

    private static Title title(JsonNode record) {
        return new Title(
                text(record, "id"),
                text(record, "title"),
                author(record),
                Optional.of(text(record, "year")).filter(year -> !year.isEmpty()),
                subjects(record),
                formats(record),
                Optional.empty(),
                Optional.empty());
    }

    /** The first who has not only performed it. */
    private static String author(JsonNode record) {
        return StreamSupport.stream(record.path("nonPresenterAuthors").spliterator(), false)
                .map(author -> text(author, "name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Each is a list, from the wide word to the narrow one. */
    private static List<String> subjects(JsonNode record) {
        return StreamSupport.stream(record.path("subjects").spliterator(), false)
                .map(subject -> StreamSupport.stream(subject.spliterator(), false)
                        .map(word -> word.asString("").strip())
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(", ")))
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .toList();
    }

    /** They come from the wide one to the narrow one; the last says most. */
    private static List<String> formats(JsonNode record) {
        List<String> all = StreamSupport.stream(record.path("formats").spliterator(), false)
                .map(format -> text(format, "translated"))
                .filter(format -> !format.isEmpty())
                .toList();
        return all.isEmpty() ? all : List.of(all.getLast());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("").strip();
    }
}

package fi.kimppa.gateway.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A work as a list of finds shows it.
 *
 * @param id as its catalogue names it
 * @param author may be empty
 * @param year of publication, where the catalogue says it
 * @param subjects in the catalogue's words
 * @param formats in the catalogue's words, of the own store the codes of the types of its copies
 * @param copies where the catalogue knows copies
 * @param rating where enough people have rated it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Title(
        String id,
        String title,
        String author,
        Optional<String> year,
        List<String> subjects,
        List<String> formats,
        Optional<Copies> copies,
        Optional<Rating> rating) {
    /**
     * How many copies there are.
     *
     * @param onShelf how many of them anybody may take from a shelf now
     */
    public record Copies(int all, int onShelf) {}

    /**
     * What people thought of it.
     *
     * @param stars the mean, with one decimal, 1.0 to 5.0
     */
    public record Rating(double stars, int votes) {}

    /** Takes copies of the lists. */
    public Title {
        subjects = List.copyOf(subjects);
        formats = List.copyOf(formats);
    }

    /** The same with what people thought of it. */
    Title rated(Optional<Rating> given) {
        return new Title(id, title, author, year, subjects, formats, copies, given);
    }
}

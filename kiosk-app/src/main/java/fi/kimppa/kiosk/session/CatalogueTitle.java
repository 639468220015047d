package fi.kimppa.kiosk.session;

import java.util.Optional;

/**
 * A work as the catalogue's list of finds has it.
 *
 * @param id as the catalogue names it
 * @param author may be empty
 * @param year of publication, where the catalogue says it
 * @param copies where the catalogue knows copies
 */
public record CatalogueTitle(String id, String title, String author, Optional<String> year, Optional<Copies> copies) {
    /**
     * How many copies there are in all libraries together.
     *
     * @param onShelf how many of them anybody may take from a shelf now
     */
    public record Copies(int all, int onShelf) {}

    /** Title and author, as loans and holds have them. */
    public String name() {
        return author.isBlank() ? title : title + " / " + author;
    }
}

package fi.kimppa.gateway.mail;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say to one patron at this moment: of things, or what a kiosk would have printed.
 *
 * @param address where it goes
 * @param language of the patron, such as {@code sv}; Finnish for one that has no texts
 * @param municipality code of the one in whose name it goes
 * @param things what it is about, in the order in which they are said; at least one, but none with a paper
 * @param paper lines in letters of one width
 */
public record Letter(String address, String language, String municipality, List<Thing> things, Optional<String> paper) {
    /** Takes a copy of the list. */
    public Letter {
        things = List.copyOf(things);
    }

    /** One about things. */
    public Letter(String address, String language, String municipality, List<Thing> things) {
        this(address, language, municipality, things, Optional.empty());
    }

    /** One with what a kiosk would have printed. */
    static Letter ofPaper(String address, String language, String municipality, String paper) {
        return new Letter(address, language, municipality, List.of(), Optional.of(paper));
    }

    /**
     * A loan or a hold.
     *
     * @param title for people
     * @param day on which a loan is due or was, or the last one on which a hold can be fetched
     * @param branch name of the library where a hold can be fetched
     * @param pickupName under which it stands on the shelf: the patron's own alias
     */
    public record Thing(String title, LocalDate day, Optional<String> branch, Optional<String> pickupName) {}

    /** Names nobody, for logs. */
    @Override
    public String toString() {
        return paper.isPresent() ? "a letter with a receipt" : "a letter about " + things.size() + " things";
    }
}

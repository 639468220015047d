package fi.kimppa.gateway.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A title, where its copies are, and by what a hold names it in a 15. Says nothing of any patron.
 *
 * @param itemIdentifier AB of a hold on any copy (BY 2); empty where the catalogue knows no copy that is lent
 * @param titleIdentifier AJ of such a hold, where the library system knows the title by it
 * @param waiting how many wait for it
 * @param places by branch; empty where the catalogue knows no copies
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Availability(
        Title title,
        Optional<String> itemIdentifier,
        Optional<String> titleIdentifier,
        int waiting,
        List<Place> places) {
    /** Takes a copy of the list. */
    public Availability {
        places = List.copyOf(places);
    }

    /**
     * The copies of one branch.
     *
     * @param branch its code
     * @param name for people
     * @param callNumbers on which shelves they stand, each once
     * @param onShelf how many anybody may take now
     * @param onLoan how many of its own are lent
     * @param nextDue the day on which the first of them is due
     * @param inTransit how many are on their way there
     * @param onHoldShelf how many somebody is about to fetch
     * @param inHouse how many are there and never lent
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Place(
            String branch,
            String name,
            List<String> callNumbers,
            int onShelf,
            int onLoan,
            Optional<LocalDate> nextDue,
            int inTransit,
            int onHoldShelf,
            int inHouse) {
        /** Takes a copy of the list. */
        public Place {
            callNumbers = List.copyOf(callNumbers);
        }
    }

    /** The same with what people thought of it. */
    Availability rated(Optional<Title.Rating> given) {
        return new Availability(title.rated(given), itemIdentifier, titleIdentifier, waiting, places);
    }
}

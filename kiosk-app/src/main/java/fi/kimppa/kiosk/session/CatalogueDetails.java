package fi.kimppa.kiosk.session;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where the copies of a work are, and by what a hold names it.
 *
 * @param itemIdentifier AB of a 15, with BY 2: a hold on any copy
 * @param titleIdentifier AJ of a 15, where there is no AB
 * @param waiting how many people wait for it
 * @param places by branch, those with a copy on the shelf first; empty where the catalogue knows no copies
 */
public record CatalogueDetails(
        Optional<String> itemIdentifier, Optional<String> titleIdentifier, int waiting, List<Place> places) {
    /** Takes a copy. */
    public CatalogueDetails {
        places = List.copyOf(places);
    }

    /**
     * The copies of one branch.
     *
     * @param branch its code
     * @param name for people
     * @param callNumbers on which shelves they stand
     * @param onShelf how many anybody may take now
     * @param onLoan how many of its own are lent
     * @param nextDue the day on which the first of them is due
     * @param inTransit how many are on their way there
     * @param onHoldShelf how many somebody is about to fetch
     * @param inHouse how many are there and never lent
     */
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
        /** Takes a copy. */
        public Place {
            callNumbers = List.copyOf(callNumbers);
        }
    }

    /** Whether a hold can name it. */
    public boolean namesAHold() {
        return itemIdentifier.isPresent() || titleIdentifier.isPresent();
    }

    /** How many stand on the shelves of a branch. */
    public int onShelfAt(String branch) {
        return places.stream()
                .filter(place -> place.branch().equals(branch))
                .mapToInt(Place::onShelf)
                .sum();
    }

    /** How many stand on the shelves of all other branches. */
    public int onShelfElsewhere(String branch) {
        return places.stream()
                .filter(place -> !place.branch().equals(branch))
                .mapToInt(Place::onShelf)
                .sum();
    }
}

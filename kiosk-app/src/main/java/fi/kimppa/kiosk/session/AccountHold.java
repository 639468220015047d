package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One hold of a patron who looks at the account.
 *
 * @param number names the row in touches
 * @param entry as it stands in the library's list: an item number, or a title
 * @param ready whether it may be fetched; a list alone does not decide that, the item's own status may say otherwise
 * @param title as the library calls it, once known
 * @param place where it stands on the hold shelf, if the library says
 * @param library code of the branch where it waits
 * @param until the last day on the shelf
 * @param read whether the library was asked for the above
 */
public record AccountHold(
        int number,
        String entry,
        boolean ready,
        Optional<String> title,
        Optional<String> place,
        Optional<String> library,
        Optional<LocalDate> until,
        boolean read,
        State state) {

    /** What becomes of the hold at this visit. */
    public sealed interface State {
        /** As it was. */
        record Kept() implements State {}

        /** "Really cancel it?" */
        record Asking() implements State {}

        /** Waits for its turn to be cancelled. */
        record Wanted() implements State {}

        /** The library is being asked. */
        record Cancelling() implements State {}

        /**
         * The library was asked and did not answer; whether the hold still stands is being found out.
         *
         * @param askedAt when
         */
        record Checking(Instant askedAt) implements State {}

        /** Cancelled. */
        record Cancelled() implements State {}

        /** Not cancelled; the lines are the library's own. */
        record NotCancelled(List<String> libraryLines) implements State {
            /** Takes a copy. */
            public NotCancelled {
                libraryLines = List.copyOf(libraryLines);
            }
        }
    }

    static AccountHold unread(int number, String entry, boolean ready) {
        boolean isTitle = !isNumber(entry);
        return new AccountHold(
                number,
                entry,
                ready,
                isTitle ? Optional.of(entry) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                isTitle,
                new State.Kept());
    }

    /** Entries of holds for which no copy was found yet are titles. */
    private static boolean isNumber(String entry) {
        return entry.matches("\\S*\\d\\S*");
    }

    /** Whether the library knows it by an item number. */
    boolean hasItem() {
        return isNumber(entry) && !title.equals(Optional.of(entry));
    }

    /** The title, else what stands in the list. */
    public String name() {
        return title.orElse(entry);
    }

    /** Whether it stood on the shelf for too long. */
    public boolean lapsed(LocalDate today) {
        return ready && until.map(day -> day.isBefore(today)).orElse(false);
    }

    /** Whether it makes sense to cancel it. */
    public boolean mayBeCancelled() {
        return state instanceof State.Kept || state instanceof State.NotCancelled;
    }

    AccountHold with(State next) {
        return new AccountHold(number, entry, ready, title, place, library, until, read, next);
    }

    AccountHold asked() {
        return new AccountHold(number, entry, ready, title, place, library, until, true, state);
    }

    AccountHold told(
            boolean mayBeFetched,
            String text,
            Optional<String> shelf,
            Optional<String> branch,
            Optional<LocalDate> lastDay) {
        // What the library knows as no item was a title of one word.
        String named = text.isBlank() ? entry : text.strip();
        return new AccountHold(number, entry, mayBeFetched, Optional.of(named), shelf, branch, lastDay, true, state);
    }
}

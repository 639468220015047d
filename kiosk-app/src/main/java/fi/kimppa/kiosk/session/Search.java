package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody looks for, what was found, and what lies open of it. Knows nobody.
 *
 * @param by where the words are looked for
 * @param page the last one that was asked for
 * @param finds empty until the first answer
 * @param asked the question to the catalogue that is open
 * @param silent whether the last question of somebody was not answered
 */
public record Search(
        Typed typed, SearchBy by, int page, Optional<Finds> finds, View view, Optional<Asked> asked, boolean silent) {
    /** Of somebody who has typed nothing yet. */
    static final Search NEW =
            new Search(Typed.NOTHING, SearchBy.ANY, 1, Optional.empty(), new View.Typing(), Optional.empty(), false);

    /** What lies open. */
    public sealed interface View {
        /** The letters. */
        record Typing() implements View {}

        /** What was found. */
        record Listing() implements View {}

        /** One find, with its copies. */
        record OneTitle(int find) implements View {}

        /**
         * Where can it be fetched?
         *
         * @param places this branch first; empty until the answer
         */
        record Choosing(int find, List<PickUp> places) implements View {
            /** Takes a copy. */
            public Choosing {
                places = List.copyOf(places);
            }
        }

        /** A hold that was wished for. */
        record Holding(int find, PickUp where, Wish wish) implements View {}
    }

    /** How far a hold is. */
    public sealed interface Wish {
        /**
         * Chosen; waits for card and PIN.
         *
         * @param feeAccepted whether the person has agreed to what it costs
         */
        record Chosen(boolean feeAccepted) implements Wish {}

        /**
         * The library is being asked.
         *
         * @param feeAccepted as in {@link Chosen}
         */
        record Placing(long request, Instant sentAt, boolean feeAccepted) implements Wish {}

        /**
         * The library was asked and did not answer; whether the hold stands is being found out.
         *
         * @param askedAt when the hold was asked for
         * @param question the number of the question that is open
         * @param askAgainAt not before
         */
        record Checking(Instant askedAt, Optional<Long> question, Instant askAgainAt) implements Wish {}

        /**
         * It stands.
         *
         * @param position in the queue, if the library says
         */
        record Placed(Optional<String> position) implements Wish {}

        /** The library said no; the lines are its own. Without lines it never heard of it. */
        record NotPlaced(List<String> libraryLines) implements Wish {
            /** Takes a copy. */
            public NotPlaced {
                libraryLines = List.copyOf(libraryLines);
            }
        }

        /**
         * It was not placed, since it costs something, to which nobody has agreed.
         *
         * @param fee what it costs
         */
        record Costs(Money fee) implements Wish {}

        /** Nobody could say what became of it. */
        record Doubtful() implements Wish {}
    }

    /** What was found so far. */
    public record Finds(List<Find> rows, int total, boolean more, boolean near) {
        /** Takes a copy. */
        public Finds {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One of them.
     *
     * @param number names it in touches, from 1
     * @param details where its copies are, once known
     * @param read whether that was asked for, or need not be
     */
    public record Find(int number, CatalogueTitle title, Optional<CatalogueDetails> details, boolean read) {
        Find told(Optional<CatalogueDetails> what) {
            return new Find(number, title, what, true);
        }
    }

    /**
     * A question to the catalogue.
     *
     * @param find which find it is about; 0 for none
     */
    public record Asked(long request, What what, int find, Instant since) {
        /** What it is about. */
        public enum What {
            /** A list of titles from its beginning. */
            TITLES,
            /** The next page of it. */
            MORE,
            /** The copies of a find in the list, which nobody has opened. */
            ROW,
            /** The copies of the title that lies open. */
            TITLE,
            /** Where holds can be fetched. */
            BRANCHES
        }
    }

    /** Whether somebody waits for this answer. */
    public boolean awaits(Asked.What what) {
        return asked.filter(open -> open.what() == what).isPresent();
    }

    /** Whether there are further pages. */
    public boolean hasMore() {
        return page < CatalogueTask.LAST_PAGE
                && finds.map(found -> found.rows().size() < found.total()).orElse(false);
    }

    /** The find of this number. */
    public Optional<Find> find(int number) {
        return finds.stream()
                .flatMap(found -> found.rows().stream())
                .filter(row -> row.number() == number)
                .findFirst();
    }

    /** The find that lies open. */
    public Optional<Find> open() {
        return switch (view) {
            case View.Typing(), View.Listing() -> Optional.empty();
            case View.OneTitle(int find) -> find(find);
            case View.Choosing(int find, var _) -> find(find);
            case View.Holding(int find, var _, var _) -> find(find);
        };
    }

    Search viewing(View next) {
        return new Search(typed, by, page, finds, next, asked, false);
    }

    Search typing(Typed next) {
        return new Search(next, by, page, finds, view, asked, silent);
    }

    Search asking(Optional<Asked> question, boolean unanswered) {
        return new Search(typed, by, page, finds, view, question, unanswered);
    }

    Search found(Optional<Finds> next, int lastPage) {
        return new Search(typed, by, lastPage, next, view, asked, silent);
    }

    Search lookingBy(SearchBy next) {
        return new Search(typed, next, page, finds, view, asked, silent);
    }
}

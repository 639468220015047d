package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One loan of a patron who looks at the account.
 *
 * @param number names the row in touches
 * @param title as the library calls it, once known
 * @param due when it is due, as the library said last
 * @param listedOverdue whether the library listed it as overdue
 * @param left how often it may still be renewed, if the library says
 * @param awaited whether somebody else waits for it
 * @param read whether title and due date were asked for since the last change
 */
public record AccountLoan(
        int number,
        ItemKey item,
        Optional<String> title,
        Optional<DueDate> due,
        boolean listedOverdue,
        Optional<Integer> left,
        boolean awaited,
        boolean read,
        State state) {

    /** What becomes of the loan at this visit. */
    public sealed interface State {
        /** As it was. */
        record Kept() implements State {}

        /** Waits for its turn to be renewed. */
        record Wanted(Manner manner) implements State {}

        /** The library is being asked. */
        record Renewing(Manner manner) implements State {}

        /**
         * The library was asked and did not answer; whether it was renewed is being found out.
         *
         * @param askedAt when
         */
        record Checking(Instant askedAt) implements State {}

        /** Renewed. */
        record Renewed() implements State {}

        /**
         * Not renewed, since the library does it for a fee only. May be wanted again.
         *
         * @param fee what it costs
         */
        record Costs(Money fee) implements State {}

        /**
         * Not renewed; the loan stands as it was.
         *
         * @param why empty until the library was asked for the reason
         * @param libraryLines the library's own words
         */
        record NotRenewed(Optional<Why> why, List<String> libraryLines) implements State {
            /** Takes a copy. */
            public NotRenewed {
                libraryLines = List.copyOf(libraryLines);
            }
        }
    }

    /** How a renewal was wanted. */
    public enum Manner {
        /** With all others: what costs something is left as it is. */
        WITH_ALL,
        /** By itself: where it costs something the person is asked. */
        ALONE,
        /** By itself, and the person has agreed to what it costs. */
        FOR_ITS_PRICE
    }

    /** Why a loan was not renewed. */
    public enum Why {
        /** Somebody waits for it. */
        HELD,
        /** It was renewed as often as it may be. */
        LIMIT,
        /** The patron may renew nothing. */
        BAN,
        /** The library said no in its own words only, such as that it is too early. */
        OTHER,
        /** It is certain that it was not renewed; something went wrong on the way. May be tried again. */
        FAILED
    }

    static AccountLoan unread(int number, String item) {
        return new AccountLoan(
                number,
                ItemKey.scanned(item),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                false,
                new State.Kept());
    }

    /** The title, else the item number. */
    public String name() {
        return title.orElse(item.identifier());
    }

    /** Whether it should have come back by now. */
    public boolean overdue(LocalDate today) {
        return due.flatMap(DueDate::date).map(day -> day.isBefore(today)).orElse(listedOverdue);
    }

    /** Whether it makes sense to ask for a renewal. */
    public boolean mayBeRenewed() {
        boolean open = switch (state) {
            case State.Kept _, State.Costs _ -> true;
            case State.NotRenewed(var why, List<String> _) -> why.equals(Optional.of(Why.FAILED));
            case State.Wanted _, State.Renewing _, State.Checking _, State.Renewed _ -> false;
        };
        return open && !awaited && !left.equals(Optional.of(0));
    }

    AccountLoan numbered(int next) {
        return new AccountLoan(next, item, title, due, listedOverdue, left, awaited, read, state);
    }

    AccountLoan with(State next) {
        return new AccountLoan(number, item, title, due, listedOverdue, left, awaited, read, next);
    }

    /** With the title that the library gave, unless it gave none. */
    AccountLoan titled(String text) {
        Optional<String> named = text.isBlank() ? title : Optional.of(text.strip());
        return new AccountLoan(number, item, named, due, listedOverdue, left, awaited, read, state);
    }

    AccountLoan due(Optional<DueDate> next) {
        return new AccountLoan(number, item, title, next.or(() -> due), listedOverdue, left, awaited, read, state);
    }

    /**
     * Renewed.
     *
     * @param next when it is due now; empty where that must be read, since the old date is not shown any more
     */
    AccountLoan renewedUntil(Optional<DueDate> next) {
        Optional<Integer> fewer = left.map(times -> Math.max(0, times - 1));
        return new AccountLoan(number, item, title, next, false, fewer, awaited, next.isPresent(), new State.Renewed());
    }

    AccountLoan listedAsOverdue() {
        return new AccountLoan(number, item, title, due, true, left, awaited, read, state);
    }

    AccountLoan told(Optional<Integer> renewalsLeft, boolean somebodyWaits) {
        return new AccountLoan(number, item, title, due, listedOverdue, renewalsLeft, somebodyWaits, read, state);
    }

    AccountLoan read(boolean asked) {
        return new AccountLoan(number, item, title, due, listedOverdue, left, awaited, asked, state);
    }
}

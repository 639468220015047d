package fi.kimppa.kiosk.session;

import java.util.List;

/** How far an item is on its way back. Nothing here ever names a borrower. */
public sealed interface ReturnState {
    /** Read, waits for its turn. */
    record Queued() implements ReturnState {}

    /** The library is being told. "Do not move it." */
    record CheckingIn() implements ReturnState {}

    /** Returned; its tags are being switched on. "Do not move it." */
    record Securing(Destination destination) implements ReturnState {}

    /** Returned: put it into this bin. */
    record Returned(Destination destination) implements ReturnState {}

    /**
     * Returned, and somebody waits for it: put it into this bin, and say that it lies there. On an open shelf nobody would find it.
     *
     * @param asked whether somebody wanted to go before saying so
     */
    record ToBin(Destination destination, boolean asked) implements ReturnState {}

    /** Returned, but its tag is not on yet: put it back on the pad first. */
    record PutBack(Destination destination) implements ReturnState {}

    /** Parts of the set are missing on the pad. Nothing was told to the library. */
    record Incomplete(int found, int total) implements ReturnState {}

    /**
     * Cannot be returned here.
     *
     * @param bin where it may be left for staff
     * @param libraryLines the library's own words, to be shown beneath
     */
    record Refused(Reason reason, String bin, List<String> libraryLines) implements ReturnState {
        /** Takes a copy. */
        public Refused {
            libraryLines = List.copyOf(libraryLines);
        }
    }

    /** Why an item was not taken back. */
    enum Reason {
        /** The library said no. */
        REFUSED,
        /** The tag cannot be read: scan the bar code. */
        UNREADABLE,
        /** The tag belongs to a library outside the consortium. */
        FOREIGN,
        /** Twice the same part, parts that contradict each other, or no item at all: show it to staff. */
        STAFF,
        /** It could neither be told to the library nor written down; may be tried again. */
        FAILED
    }

    /**
     * Where a returned item goes.
     *
     * @param kind what is to be done with it
     * @param bin number of the bin, as the library names it; empty if it is full, so that the item goes to the desk
     * @param library name of the library that it goes to; empty if it stays here
     */
    record Destination(Kind kind, String bin, String library) {}

    /** What is to be done with a returned item. */
    enum Kind {
        /** It stays here. */
        STAYS,
        /** It stays here, and nobody had it on loan. */
        NOT_ON_LOAN,
        /** It belongs to another library. */
        TRANSFER,
        /** Somebody waits for it and fetches it here. */
        HOLD_HERE,
        /** Somebody waits for it and fetches it elsewhere. */
        HOLD_ELSEWHERE,
        /** Staff look at it first; the reason is not shown. */
        STAFF,
        /** Accepted and on disk; the library learns of it later. */
        LATER;

        /** Whether somebody waits for it. */
        public boolean hold() {
            return this == HOLD_HERE || this == HOLD_ELSEWHERE;
        }
    }

    /** Whether the item counts as returned, beyond doubt. */
    default boolean isReturned() {
        return switch (this) {
            case Securing _, Returned _, ToBin _, PutBack _ -> true;
            case Queued _, CheckingIn _, Incomplete _, Refused _ -> false;
        };
    }
}

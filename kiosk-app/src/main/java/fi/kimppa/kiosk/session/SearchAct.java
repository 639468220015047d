package fi.kimppa.kiosk.session;

/** What can be touched in {@link KioskState.Searching} alone. */
public sealed interface SearchAct {
    /** A letter, a digit or a blank. */
    record Letter(char letter) implements SearchAct {
        /** Checks that some key types it. */
        public Letter {
            if (!types(letter)) {
                throw new IllegalArgumentException("no key types this letter");
            }
        }

        /** Whether there is a key for it, on the screen or on the keypad. */
        public static boolean types(char letter) {
            return TelephoneKeys.type(letter);
        }

        /** What somebody looks for is nobody's business. */
        @Override
        public String toString() {
            return "Letter[*]";
        }
    }

    /**
     * A key of the keypad, on which several letters are.
     *
     * @param key 0 to 9
     */
    record Tap(int key) implements SearchAct {
        /** Checks the range. */
        public Tap {
            if (key < 0 || key > 9) {
                throw new IllegalArgumentException("a key is 0 to 9, found " + key);
            }
        }

        /** Part of what somebody looks for. */
        @Override
        public String toString() {
            return "Tap[*]";
        }
    }

    /** Takes the last letter back. */
    record Erase() implements SearchAct {}

    /** Looks for what was typed. */
    record Go() implements SearchAct {}

    /** Looks for the same elsewhere. */
    record LookBy(SearchBy by) implements SearchAct {}

    /** Brings more of what was found. */
    record More() implements SearchAct {}

    /** Asks again what was not answered. */
    record Again() implements SearchAct {}

    /** Shows one find. */
    record Open(int find) implements SearchAct {}

    /** One step back: from a hold or a title to the list, from the list to the letters. */
    record Back() implements SearchAct {}

    /** Places a hold, to be fetched at this branch. */
    record HoldHere() implements SearchAct {}

    /** Asks where else it can be fetched. */
    record Elsewhere() implements SearchAct {}

    /**
     * Places a hold, to be fetched there.
     *
     * @param place of the list, from 1
     */
    record HoldAt(int place) implements SearchAct {}
}

package fi.kimppa.kiosk.session;

/** What a person can touch. A touch that has no meaning in a state is ignored there. */
public sealed interface Choice {
    /** The big button that begins to borrow. */
    record Borrow() implements Choice {}

    /** The big button that begins to return; in {@link KioskState.Blocked} too. */
    record Return() implements Choice {}

    /** Loans, holds and fees: from the front page with a card, in a session without a second one. */
    record Account() implements Choice {}

    /** The catalogue: from the front page without a card, and from the account. */
    record Search() implements Choice {}

    /** The electronic collections, from the front page. */
    record ShowCollections() implements Choice {}

    /** Back to where nobody is known; ends the session. */
    record Cancel() implements Choice {}

    /** Ready: on to the receipt and the farewell. */
    record Finish() implements Choice {}

    /** Another language until the session ends. */
    record Speak(Language language) implements Choice {}

    /** The card cannot be read: its number is typed. */
    record TypeCard() implements Choice {}

    /** One key of the PIN pad, 0 to 9. */
    record Digit(int value) implements Choice {
        /** Checks the range. */
        public Digit {
            if (value < 0 || value > 9) {
                throw new IllegalArgumentException("a digit is 0 to 9, found " + value);
            }
        }

        /** A digit of a PIN or a card is nobody's business. */
        @Override
        public String toString() {
            return "Digit[*]";
        }
    }

    /** Takes the last digit back. */
    record Erase() implements Choice {}

    /** The PIN is complete. */
    record Ok() implements Choice {}

    /** Gives back a thing of the pile that is on loan to somebody else. */
    record GiveBack(int row) implements Choice {}

    /** "I have read it": unpins a refused row. */
    record Acknowledge(int row) implements Choice {}

    /** Tries a row again that has failed. */
    record Retry(int row) implements Choice {}

    /** Renews the loan of a row that is already on this card, of a pile or of the account. */
    record Renew(int row) implements Choice {}

    /** Leaves the loan of a row as it is. */
    record Keep(int row) implements Choice {}

    /** Borrows a set of which parts are missing on the pad: they are in its case. */
    record PartsInCase(int row) implements Choice {}

    /** Returns a set although parts are missing; staff look after it. */
    record ReturnIncomplete(int row) implements Choice {}

    /** What somebody waits for lies in its bin. */
    record Placed(int row) implements Choice {}

    /** How somebody liked a thing that has come back. */
    record Rate(int row, int stars) implements Choice {
        /** Checks the range. */
        public Rate {
            if (stars < 1 || stars > Rating.MOST_STARS) {
                throw new IllegalArgumentException("stars are 1 to " + Rating.MOST_STARS + ", found " + stars);
            }
        }
    }

    /** A receipt on paper. */
    record PrintReceipt() implements Choice {}

    /** A receipt by e-mail. */
    record MailReceipt() implements Choice {}

    /** No receipt. */
    record NoReceipt() implements Choice {}

    /** Yes or no to the {@link Question} that lies over the screen. */
    record Answer(boolean yes) implements Choice {}

    /** "I am still here": the warning goes away. */
    record StillHere() implements Choice {}

    /** Shows the choices of {@link Preferences} over the screen, or takes them away. */
    record ShowPreferences(boolean open) implements Choice {}

    /** Shows help for what one is doing over the screen, or takes it away. */
    record ShowHelp(boolean open) implements Choice {}

    /** Asks for something until the session ends, or does without it again. */
    record Prefer(Preference what, boolean on) implements Choice {}

    /** What can be touched in {@link KioskState.Account} alone. */
    sealed interface InAccount extends Choice {
        /** Turns to another page. */
        record Turn(KioskState.Account.Page page) implements InAccount {}

        /** Renews whatever may be renewed. */
        record RenewAll() implements InAccount {}

        /** Asks whether a hold shall really be cancelled. */
        record CancelHold(int row) implements InAccount {}

        /** Cancels it. */
        record ReallyCancel(int row) implements InAccount {}

        /** Does not. */
        record KeepHold(int row) implements InAccount {}
    }

    /** What can be touched in {@link KioskState.Searching} alone. */
    record InSearch(SearchAct act) implements Choice {}

    /** What staff touch in their menu. */
    record Staff(StaffAct act) implements Choice {}
}

package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is printed, before it is put into words. Made from the session's own list; no name, and of a card number its end at most. */
public sealed interface Printout {
    /** When it was made. */
    Instant at();

    /**
     * The patron's receipt of a visit.
     *
     * @param returned what was brought back at it, whoever had it
     * @param cardEnd the last digits of the card, where the branch wants them; else empty
     */
    record LoanReceipt(
            Instant at,
            List<Loan> loans,
            List<NotLent> notLent,
            List<String> beingChecked,
            List<Return> returned,
            String cardEnd)
            implements Printout {
        /** Takes copies. */
        public LoanReceipt {
            loans = List.copyOf(loans);
            notLent = List.copyOf(notLent);
            beingChecked = List.copyOf(beingChecked);
            returned = List.copyOf(returned);
        }

        /** Of a visit at which nothing came back. */
        public LoanReceipt(Instant at, List<Loan> loans, List<NotLent> notLent, List<String> beingChecked) {
            this(at, loans, notLent, beingChecked, List.of());
        }

        /** Without anything of a card. */
        public LoanReceipt(
                Instant at, List<Loan> loans, List<NotLent> notLent, List<String> beingChecked, List<Return> returned) {
            this(at, loans, notLent, beingChecked, returned, "");
        }
    }

    /**
     * One loan.
     *
     * @param later whether the library learns of it later, so that the day is what the kiosk reckons
     */
    record Loan(String title, Optional<DueDate> due, boolean later) {
        /** A loan of which the library knows. */
        public Loan(String title, Optional<DueDate> due) {
            this(title, due, false);
        }
    }

    /** One item that was not lent, and how it stood. */
    record NotLent(String title, LoanState state) {}

    /** The receipt of a return. Whoever returned it, no borrower stands on it. */
    record ReturnReceipt(Instant at, List<Return> returns) implements Printout {
        /** Takes a copy. */
        public ReturnReceipt {
            returns = List.copyOf(returns);
        }
    }

    /**
     * One return.
     *
     * @param item its number
     * @param later whether the library learns of it later
     * @param notOnLoan whether nobody had it
     */
    record Return(String title, String item, boolean later, boolean notOnLoan) {
        /** One that somebody had. */
        public Return(String title, String item, boolean later) {
            this(title, item, later, false);
        }
    }

    /**
     * The slip for an item that somebody waits for.
     *
     * @param alias pick-up name or number, never the patron's name; empty if the library gave none
     * @param pickupLibrary where it is fetched
     * @param here whether that is this library
     */
    record HoldSlip(Instant at, String bin, String alias, String title, String item, String pickupLibrary, boolean here)
            implements Printout {}

    /** A strip of blank paper, to see that it runs. */
    record Feed(Instant at) implements Printout {}

    /** A page that shows letters and sizes. */
    record TestPage(Instant at) implements Printout {}

    /**
     * What was done on one day, for staff.
     *
     * @param waiting returns that the library has not heard of
     * @param refused returns that it refused afterwards
     */
    record DaySlip(Instant at, Upkeep.Day day, int waiting, int refused) implements Printout {}

    /** The slip for an item that goes to another library. */
    record TransferSlip(Instant at, String bin, String destination, String title, String item) implements Printout {}
}

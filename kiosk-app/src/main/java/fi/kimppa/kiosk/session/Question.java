package fi.kimppa.kiosk.session;

import java.util.Optional;

/** What a person is asked in the middle of a visit. It lies over the screen; what goes on beneath it goes on. */
public sealed interface Question {
    /**
     * The card of another patron was shown: shall this visit end, and that patron's begin? Without an answer it does not.
     *
     * @param card that was shown
     */
    record ChangeCustomer(CardNumber card) implements Question {}

    /**
     * Whoever is ready has a pile of which something may not have been read: was that all? Without an answer it was not.
     *
     * @param read how many things were
     */
    record AllRead(int read) implements Question {}

    /** The library does something for a fee only: shall it? Without an answer it does not. */
    sealed interface Costs extends Question {
        /** What it costs. */
        Money fee();
    }

    /**
     * The library lends a thing of the pile for a fee only.
     *
     * @param row of the pile
     * @param title if the library has named it
     * @param fee what it costs
     */
    record LoanCosts(int row, Optional<String> title, Money fee) implements Costs {
        /** What somebody borrows is nobody's business. */
        @Override
        public String toString() {
            return "LoanCosts[***]";
        }
    }

    /**
     * The library renews a loan for a fee only.
     *
     * @param row of the account, or of the pile
     * @param title if the library has named it
     * @param fee what it costs
     */
    record RenewalCosts(int row, Optional<String> title, Money fee) implements Costs {
        /** What somebody has on loan is nobody's business. */
        @Override
        public String toString() {
            return "RenewalCosts[***]";
        }
    }

    /**
     * The library places the hold for a fee only.
     *
     * @param fee what it costs
     */
    record HoldCosts(Money fee) implements Costs {}

    /**
     * The library has another language down for whoever has just come in: shall it go on in that? Without an answer it does not.
     *
     * @param language of the patron
     */
    record OtherLanguage(Language language) implements Question {}
}

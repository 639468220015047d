package fi.kimppa.kiosk.session;

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

    /**
     * The library places the hold for a fee only: shall it? Without an answer it does not.
     *
     * @param fee what it costs
     */
    record HoldCosts(Money fee) implements Question {}
}

package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.Checkout;

/** What is done for a loan without connection. */
public sealed interface OffLineTask {
    /** What does the kiosk itself know of this card? Ends in {@link OffLineNews.CardLookedUp}. */
    record LookUp(long request, CardNumber card) implements OffLineTask {}

    /** Writes a loan to disk, to be told to the library later; ends in {@link KioskEvent.Spooled}. */
    record NoteLoan(long request, Checkout checkout) implements OffLineTask {}
}

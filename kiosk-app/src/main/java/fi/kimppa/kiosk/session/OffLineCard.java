package fi.kimppa.kiosk.session;

/**
 * What the kiosk itself knows of a card that lies before it.
 *
 * @param known whether the card was in order lately, as the gateway says
 * @param waiting how many loans of it the library has not heard of yet
 */
public record OffLineCard(boolean known, int waiting) {}

package fi.kimppa.gateway.fleet;

/**
 * A staff pad has written a tag by order. Published within the transaction that writes it down.
 *
 * @param item number of the item
 * @param uid of the tag
 * @param who ordered it
 */
public record TagWritten(String item, String uid, String who) {}

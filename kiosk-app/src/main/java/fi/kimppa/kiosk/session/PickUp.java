package fi.kimppa.kiosk.session;

/**
 * A branch at which a hold can be fetched.
 *
 * @param branch its code, BS of a 15
 * @param name for people
 */
public record PickUp(String branch, String name) {}

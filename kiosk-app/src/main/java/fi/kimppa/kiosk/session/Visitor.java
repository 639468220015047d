package fi.kimppa.kiosk.session;

/**
 * A patron who is known at this visit, with what they did before they turned to the catalogue.
 *
 * @param visit stands on the receipt at the end
 */
record Visitor(Patron patron, Visit visit) {}

/**
 * What the kiosk says to people: the message bundles, {@link fi.kimppa.kiosk.text.Texts} that reads them, and
 * {@link fi.kimppa.kiosk.text.Receipts} that composes paper. A package of its own, because the screens, the door and
 * the receipts all speak and none of them may import the other.
 */
@NullMarked
package fi.kimppa.kiosk.text;

import org.jspecify.annotations.NullMarked;

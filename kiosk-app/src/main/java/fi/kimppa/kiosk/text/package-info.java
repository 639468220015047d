/**
 * What the kiosk says to people: the message bundles, one file a language, and {@link fi.kimppa.kiosk.text.Texts} that reads
 * them. A package of its own, because the screens, the door and the receipts all speak and none of them may import the
 * other.
 */
@NullMarked
package fi.kimppa.kiosk.text;

import org.jspecify.annotations.NullMarked;

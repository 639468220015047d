/**
 * Wire capture of one terminal for a limited time: what it and the gateway say, with stand-ins for cards, names and
 * passwords before anything is written. Offers {@link fi.kimppa.gateway.capture.Captures} to whoever holds
 * conversations; uses the consortium, its settings and their record of changes, and the wire.
 */
@NullMarked
package fi.kimppa.gateway.capture;

import org.jspecify.annotations.NullMarked;

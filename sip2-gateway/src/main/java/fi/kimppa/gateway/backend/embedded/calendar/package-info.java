/**
 * The page on which staff see when a branch is open over a year, close it for days, and take over holidays; and the move of what is due on
 * days that are closed now. The days themselves are the consortium's ({@link fi.kimppa.gateway.consortium.Closures}). Uses the store's
 * schema and the consortium; nobody uses it.
 */
@NullMarked
package fi.kimppa.gateway.backend.embedded.calendar;

import org.jspecify.annotations.NullMarked;

/**
 * What staff see: terminals and their devices with state, reason and since-when, and recent events. Takes the
 * terminals' reports, listens to what happens on SIP2 lines, at doors and in circulation, keeps the last of it in the
 * database, and shows it as a page that renews itself by a stream of changes. Staff pads get their orders to write tags here,
 * in the answers to their reports: {@link fi.kimppa.gateway.fleet.TagOrders}; kiosks that they are to start anew:
 * {@code RestartOrders}.
 */
@NullMarked
package fi.kimppa.gateway.fleet;

import org.jspecify.annotations.NullMarked;

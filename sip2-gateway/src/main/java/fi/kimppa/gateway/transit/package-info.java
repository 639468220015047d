/**
 * Where returned things travel and what is expected where: the carrier's routes and their timetable, crates with their slips,
 * what is late, and the pages for it. Listens to what happened in circulation; uses the consortium. Offers
 * {@link fi.kimppa.gateway.transit.Transit} to those who show it.
 */
@NullMarked
package fi.kimppa.gateway.transit;

import org.jspecify.annotations.NullMarked;

/**
 * Lending, returning and renewing: the backend port, the journal of every change, routing by owner, settlement of
 * unknown outcomes. Offers {@link fi.kimppa.gateway.circulation.Circulation} to those who ask and
 * {@link fi.kimppa.gateway.circulation.CirculationBackend} to those who answer; tells others what happened by
 * {@link fi.kimppa.gateway.circulation.CirculationEvent}s. Uses the SIP2 messages,
 * the consortium, changes of library systems, the routing of returned things and the daily counts.
 */
@NullMarked
package fi.kimppa.gateway.circulation;

import org.jspecify.annotations.NullMarked;

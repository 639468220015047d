/**
 * How often somebody may try a secret: {@link fi.kimppa.gateway.limits.TryLimit} for passwords of staff,
 * {@link fi.kimppa.gateway.limits.LoginTries} for logins of terminals, {@link fi.kimppa.gateway.limits.PinTries} for
 * PINs at machines and doors; and {@link fi.kimppa.gateway.limits.UnknownLogins}, which staff can look at. All of it is
 * counted in the database, so that all gateways count together. Cards stand there as
 * {@link fi.kimppa.gateway.limits.CardHash}es. Uses the database, the clock and the consortium's terminals.
 */
@NullMarked
package fi.kimppa.gateway.limits;

import org.jspecify.annotations.NullMarked;

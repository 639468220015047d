/**
 * Who belongs to the consortium: municipalities, branches with their hours and closed days, terminals, sort bins, and the one clock.
 * Offers {@link fi.kimppa.gateway.consortium.Consortium} for looking up and
 * {@link fi.kimppa.gateway.consortium.Terminals} for logging in; uses the database and nothing else of the house.
 */
@NullMarked
package fi.kimppa.gateway.consortium;

import org.jspecify.annotations.NullMarked;

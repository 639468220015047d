/**
 * Where a returned thing goes: what is known of it, the rules of the consortium in their order, and the decision, a pure
 * function over both. Offers {@link fi.kimppa.gateway.routing.RoutingRules} to circulation, which knows the things, and to
 * the pages on which the rules are changed. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.routing;

import org.jspecify.annotations.NullMarked;

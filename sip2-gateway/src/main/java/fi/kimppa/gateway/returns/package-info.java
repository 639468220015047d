/**
 * Pages about returned things: what would happen if one came back, and the rules by which they travel, which the
 * consortium's staff change. Uses circulation, routing and the consortium.
 */
@NullMarked
package fi.kimppa.gateway.returns;

import org.jspecify.annotations.NullMarked;

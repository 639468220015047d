/**
 * Pages on which staff see what became of everything that machines took: what is left for them to do, and the daily proof that
 * nothing was lost. Uses circulation and the consortium.
 */
@NullMarked
package fi.kimppa.gateway.proof;

import org.jspecify.annotations.NullMarked;

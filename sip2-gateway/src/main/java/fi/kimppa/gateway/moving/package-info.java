/**
 * Pages on which a municipality's change of its library system is planned, watched, finished or rolled back, and files of numbers
 * with what collides in them. Uses the cut-overs, circulation, the consortium and the protection of personal
 * data.
 */
@NullMarked
package fi.kimppa.gateway.moving;

import org.jspecify.annotations.NullMarked;

/**
 * The consortium as people see and change it: the page that says who differs and why, and the file that describes all of it.
 * Knows the sections of the file by {@link fi.kimppa.gateway.consortium.ConsortiumSection} alone, which the features that
 * own the rows offer; so a new section needs nothing here. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.charter;

import org.jspecify.annotations.NullMarked;

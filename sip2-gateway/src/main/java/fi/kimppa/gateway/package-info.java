/** The gateway's start; every feature is a package of its own below this one. */
@NullMarked
package fi.kimppa.gateway;

import org.jspecify.annotations.NullMarked;

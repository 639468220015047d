/** One package per circulation backend below this one; nobody imports them. */
@NullMarked
package fi.kimppa.gateway.backend;

import org.jspecify.annotations.NullMarked;

/**
 * How often somebody may try a secret. Offers {@link fi.kimppa.gateway.limits.TryLimit}, which counts in the database
 * so that all gateways count together; uses the database and the clock alone.
 */
@NullMarked
package fi.kimppa.gateway.limits;

import org.jspecify.annotations.NullMarked;

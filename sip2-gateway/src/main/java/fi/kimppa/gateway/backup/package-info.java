/**
 * The whole database as one file, taken while the gateway works and put back into an empty one. A file is read by every later
 * version. Offers no types to the other packages; uses the consortium's word for "cannot start".
 */
@NullMarked
package fi.kimppa.gateway.backup;

import org.jspecify.annotations.NullMarked;

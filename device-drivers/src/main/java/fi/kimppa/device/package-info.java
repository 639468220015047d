/**
 * What every device has: identity, address, status with reason and since, statistics, and the two ways it can fail.
 */
@NullMarked
package fi.kimppa.device;

import org.jspecify.annotations.NullMarked;

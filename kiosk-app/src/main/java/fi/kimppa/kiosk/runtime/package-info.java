/**
 * How a kiosk does what its behaviour decides: the loop, the effects, the line to the gateway, the returns on disk, the
 * reports to staff. Here are the threads, the sockets and the clock.
 */
@NullMarked
package fi.kimppa.kiosk.runtime;

import org.jspecify.annotations.NullMarked;

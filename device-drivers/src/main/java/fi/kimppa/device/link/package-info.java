/**
 * Byte links (serial, TCP, in memory), taps on them, fault plans for them, and the line that reconnects by itself.
 * This is the only package that names a serial port or a socket on the host's side of the wire.
 */
@NullMarked
package fi.kimppa.device.link;

import org.jspecify.annotations.NullMarked;

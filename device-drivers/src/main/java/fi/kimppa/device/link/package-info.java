/**
 * Byte links (serial, TCP, PC/SC, in memory), taps on them, fault plans for them, and the line that reconnects by itself.
 * This is the only package that names a serial port, a socket or a card reader on the host's side of the wire.
 */
@NullMarked
package fi.kimppa.device.link;

import org.jspecify.annotations.NullMarked;

/**
 * Pads: the port, the drivers, tag tracking, verified security writes and the ledger that remembers them.
 */
@NullMarked
package fi.kimppa.device.rfid;

import org.jspecify.annotations.NullMarked;

/**
 * Locks and contacts: the relay board over Modbus TCP and the state machine of a door.
 */
@NullMarked
package fi.kimppa.device.door;

import org.jspecify.annotations.NullMarked;

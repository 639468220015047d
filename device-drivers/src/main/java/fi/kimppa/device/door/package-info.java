/**
 * Locks and contacts: relay boards over Modbus TCP and RTU, and the state machine of a door.
 *
 * <p>Nothing here lets people out or keeps them in: exit and fire relief are wires of their own.
 */
@NullMarked
package fi.kimppa.device.door;

import org.jspecify.annotations.NullMarked;

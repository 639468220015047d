/**
 * The door terminal: a card, a PIN, the gateway's decision, a lock that opens for a few seconds. Its behaviour is one
 * pure function like the kiosk's. Letting people out never depends on it, and a program that starts is a locked door.
 */
@NullMarked
package fi.kimppa.kiosk.door;

import org.jspecify.annotations.NullMarked;

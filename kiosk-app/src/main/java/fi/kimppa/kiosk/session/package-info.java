/**
 * The kiosk's behaviour: states, events, effects and the step function between them. Pure: no window, no socket, no
 * thread and no clock; time arrives as an event and everything that must be done leaves as an effect.
 */
@NullMarked
package fi.kimppa.kiosk.session;

import org.jspecify.annotations.NullMarked;

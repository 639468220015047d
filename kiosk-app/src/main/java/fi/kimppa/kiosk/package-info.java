/**
 * The kiosk as a program: its configuration, its wiring by hand, its main class.
 */
@NullMarked
package fi.kimppa.kiosk;

import org.jspecify.annotations.NullMarked;

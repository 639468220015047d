/**
 * The desk window: a program of its own that hosts virtual desks behind the devices' real wire protocols and lets a
 * person lay cards and books, tear paper, pull the door and break things. It lives apart from the kiosk, so that what
 * lies on the desk outlives the kiosk's process.
 */
@NullMarked
package fi.kimppa.kiosk.desk;

import org.jspecify.annotations.NullMarked;

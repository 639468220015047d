/**
 * Library cards and item numbers as they are read: bar code scanners over serial lines, TCP and the keyboard, keypads, contactless
 * cards at the system's PC/SC service, and the rules that make out of what was read the number that the library system knows.
 */
@NullMarked
package fi.kimppa.device.card;

import org.jspecify.annotations.NullMarked;

/**
 * Library cards and item numbers as they are scanned: bar code scanners over serial lines and TCP,
 * keypads, and contactless cards at the system's PC/SC service.
 */
@NullMarked
package fi.kimppa.device.card;

import org.jspecify.annotations.NullMarked;

/**
 * Pure codecs of library tags: ISO 28560-2, ISO 28560-3 with the Finnish model of 2005, and multi-part sets.
 * Imports nothing of the house; anyone else could use it.
 */
@NullMarked
package fi.kimppa.device.tag;

import org.jspecify.annotations.NullMarked;

/**
 * What a consortium sets on top of its kiosks' own files: colours, a logo, words, functions, bins, waits, languages and names of libraries.
 * Settings that inherit, the page on which staff make them, and the document that a kiosk fetches. Here only the form of a value is
 * checked: whether a kiosk can use the whole is judged by the kiosk, which says so in its reports. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.steering;

import org.jspecify.annotations.NullMarked;

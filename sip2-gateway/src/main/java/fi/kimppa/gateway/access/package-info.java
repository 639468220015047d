/**
 * Doors: who may come in and when, and what is remembered of it. Asks circulation who a card belongs to and the
 * consortium for hours and ages; tells others of doors and cards that are paused by
 * {@link fi.kimppa.gateway.access.EntryPaused}.
 */
@NullMarked
package fi.kimppa.gateway.access;

import org.jspecify.annotations.NullMarked;

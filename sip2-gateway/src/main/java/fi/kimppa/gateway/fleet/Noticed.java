package fi.kimppa.gateway.fleet;

import java.time.Instant;

/**
 * Something that the gateway itself noticed.
 *
 * @param terminal login of the terminal that it is about
 * @param at when
 * @param kind a word that the pages know
 * @param detail a number or a name that helps staff; empty where there is none
 */
record Noticed(String terminal, Instant at, String kind, String detail) {}

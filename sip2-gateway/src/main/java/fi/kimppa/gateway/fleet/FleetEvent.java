package fi.kimppa.gateway.fleet;

import java.time.Instant;

/**
 * Something that staff should know of.
 *
 * @param id number of the change by which it appeared
 * @param terminal login
 * @param at when it happened
 * @param kind what, as in the reports
 * @param detail an item number or nothing; never a person
 */
record FleetEvent(long id, String terminal, Instant at, String kind, String detail) {}

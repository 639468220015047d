package fi.kimppa.gateway.access;

import java.time.Instant;

/**
 * Too many wrong PINs: a card or a door must wait. Staff see it.
 *
 * @param door login of the door where it happened
 * @param branchCode where the door is
 * @param at when the pause began
 * @param wholeDoor whether the door refuses everybody, or one card is refused at every door
 */
public record EntryPaused(String door, String branchCode, Instant at, boolean wholeDoor) {}

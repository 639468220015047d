package fi.kimppa.kiosk.session;

import java.time.Instant;

/**
 * A question that is open.
 *
 * @param until when it counts as answered by nobody
 */
public record Asked(Question question, Instant until) {}

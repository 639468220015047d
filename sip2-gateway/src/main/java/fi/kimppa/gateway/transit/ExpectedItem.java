package fi.kimppa.gateway.transit;

import java.time.Instant;

/**
 * An item on its way.
 *
 * @param item AB
 * @param origin branch code of where it came back
 * @param destination branch code of where it must go
 * @param sentAt when it was put in the transport bin
 */
public record ExpectedItem(String item, String origin, String destination, Instant sentAt) {}

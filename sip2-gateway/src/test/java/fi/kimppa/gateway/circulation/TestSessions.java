package fi.kimppa.gateway.circulation;

import java.time.Clock;

/** Sessions of patrons for tests of backends. */
public final class TestSessions {
    private TestSessions() {}

    /** Nobody is there yet. */
    public static PatronSessions at(Clock clock) {
        return new PatronSessions(clock);
    }
}

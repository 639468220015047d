package fi.kimppa.kiosk.session;

import java.util.Optional;

/** What was learnt about lending without connection. */
public sealed interface OffLineNews {
    /** The gateway allows this now, or nothing. */
    record Permitted(Optional<OffLineTerms> terms) implements OffLineNews {}

    /** What the kiosk itself knows of a card that was asked about. */
    record CardLookedUp(long request, OffLineCard card) implements OffLineNews {}
}

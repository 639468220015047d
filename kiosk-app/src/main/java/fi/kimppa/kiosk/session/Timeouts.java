package fi.kimppa.kiosk.session;

import java.time.Duration;

/**
 * How long the kiosk waits for people (kiosk-ux.md A.10; WCAG 2.2.1 wants at least 20 seconds of warning).
 *
 * @param borrowing idle with a patron logged in and nothing in work
 * @param pin idle while a card or a PIN is awaited
 * @param returning idle while returning
 * @param account idle while looking at the account
 * @param warning how long the warning stands before the session ends
 * @param receipt how long the question for a receipt stands
 * @param farewell how long the farewell stands
 * @param longest after which a session is warned although it is not idle
 * @param settle how long after an unanswered checkout a "no such loan" is not believed yet: the library may still be at it
 * @param moreTimeFactor by how much all waits grow for somebody who needs more time
 */
public record Timeouts(
        Duration borrowing,
        Duration pin,
        Duration returning,
        Duration account,
        Duration warning,
        Duration receipt,
        Duration farewell,
        Duration longest,
        Duration settle,
        int moreTimeFactor) {
    /** The defaults of our design. */
    public static final Timeouts STANDARD = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(45),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            4);
}

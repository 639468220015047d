package fi.kimppa.kiosk.session;

import java.time.Duration;

/**
 * How long the kiosk waits for people (kiosk-ux.md A.10; WCAG 2.2.1 wants at least 20 seconds of warning).
 *
 * @param borrowing idle with a patron logged in and nothing in work
 * @param pin idle while a card or a PIN is awaited
 * @param returning idle while returning
 * @param account idle while looking at the account, or at electronic collections
 * @param warning how long the warning stands before the session ends
 * @param receipt how long the question for a receipt stands
 * @param farewell how long the farewell stands
 * @param longest after which a session is warned although it is not idle; not for somebody who needs more time
 * @param longestWarning how long that warning stands
 * @param settle how long after an unanswered checkout a "no such loan" is not believed yet: the library may still be at it
 */
public record Timeouts(
        Wait borrowing,
        Wait pin,
        Wait returning,
        Wait account,
        Wait warning,
        Wait receipt,
        Wait farewell,
        Duration longest,
        Duration longestWarning,
        Duration settle) {
    /** After which an answer of the library takes longer than usual. */
    static final Duration UNUSUAL = Duration.ofSeconds(5);

    /** The defaults of our design. */
    public static final Timeouts STANDARD = new Timeouts(
            Wait.ofSeconds(30, 120),
            Wait.ofSeconds(20, 90),
            Wait.ofSeconds(20, 60),
            Wait.ofSeconds(45, 180),
            Wait.ofSeconds(20, 60),
            Wait.ofSeconds(10, 40),
            Wait.ofSeconds(3, 6),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
}

package fi.kimppa.kiosk.session;

import java.time.Duration;

/**
 * How long the kiosk waits for something that a person does or reads.
 *
 * @param usual for most people
 * @param extended for those who need more time
 */
public record Wait(Duration usual, Duration extended) {
    static Wait ofSeconds(long usual, long extended) {
        return new Wait(Duration.ofSeconds(usual), Duration.ofSeconds(extended));
    }
}

package fi.kimppa.kiosk.runtime;

import java.util.Optional;
import java.util.UUID;

/**
 * What the gateway has told this terminal to write onto the one tag on its pad.
 *
 * @param id of the order
 * @param item its number
 * @param owner ISIL, if the tag shall name it
 * @param part which part of a set, from 1 on
 * @param parts how many there are
 * @param model name of a {@link fi.kimppa.device.tag.TagModel}
 * @param deadline by {@link System#nanoTime}: not begun after it
 */
public record TagOrder(UUID id, String item, Optional<String> owner, int part, int parts, String model, long deadline) {
    /** Whether it is too late at this {@link System#nanoTime}. */
    boolean over(long now) {
        return now - deadline >= 0;
    }
}

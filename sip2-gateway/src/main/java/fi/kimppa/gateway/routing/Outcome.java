package fi.kimppa.gateway.routing;

import java.util.Optional;

/**
 * What a rule makes of a thing.
 *
 * @param destination where it goes
 * @param alert CV
 * @param bin CL, 1 to 4 characters; empty for what the library system says, else the branch's own for such things
 * @param text what the patron and the slip say
 */
public record Outcome(Destination destination, Alert alert, Optional<String> bin, SlipText text) {
    static Outcome of(Destination destination, Alert alert, SlipText text) {
        return new Outcome(destination, alert, Optional.empty(), text);
    }
}

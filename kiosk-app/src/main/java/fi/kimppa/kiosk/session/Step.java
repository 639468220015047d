package fi.kimppa.kiosk.session;

import java.util.List;

/**
 * What an event makes of a state.
 *
 * @param effects to be done, in this order
 */
public record Step(KioskState next, List<Effect> effects) {
    /** Takes a copy. */
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(KioskState next, Effect... effects) {
        return new Step(next, List.of(effects));
    }
}

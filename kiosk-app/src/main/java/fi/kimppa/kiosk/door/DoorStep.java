package fi.kimppa.kiosk.door;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next the scene from now on
 * @param effects what is to be done, in order
 */
public record DoorStep(DoorScene next, List<DoorEffect> effects) {
    /** Takes a copy. */
    public DoorStep {
        effects = List.copyOf(effects);
    }

    static DoorStep to(DoorScene next, DoorEffect... effects) {
        return new DoorStep(next, List.of(effects));
    }
}

package fi.kimppa.gateway.routing;

import java.util.Locale;

/** What a rule says to the patron (AF) and on the slip (AG); the sentences are in the bundles of circulation. */
public enum SlipText {
    /** Nothing of ours: what the library system says stands alone. */
    NONE,
    HOLD_HERE,
    /** Names the place where it goes. */
    HOLD_ELSEWHERE(true),
    /** Names the place where it goes. */
    TRANSPORT(true),
    /** It stays although its home is elsewhere. */
    FLOATS,
    /** Its collection must go home; names the place. */
    GOES_HOME(true),
    STAFF,
    NO_OWNER,
    UNPROCESSED;

    private final boolean namesPlace;

    SlipText() {
        this(false);
    }

    SlipText(boolean namesPlace) {
        this.namesPlace = namesPlace;
    }

    /** Whether it cannot be said of a thing that goes nowhere. */
    boolean namesPlace() {
        return namesPlace;
    }

    /** The part of the bundles' keys that names it: {@code hold.here}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}

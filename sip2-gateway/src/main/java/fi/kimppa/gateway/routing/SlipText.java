package fi.kimppa.gateway.routing;

import java.util.Locale;

/** What a rule says to the patron (AF) and on the slip (AG); the sentences are in the bundles of circulation. */
public enum SlipText {
    /** Nothing of ours: what the library system says stands alone. */
    NONE,
    HOLD_HERE,
    HOLD_ELSEWHERE,
    TRANSPORT,
    /** It stays although its home is elsewhere. */
    FLOATS,
    /** Its collection must go home. */
    GOES_HOME,
    STAFF,
    NO_OWNER,
    UNPROCESSED;

    /** The part of the bundles' keys that names it: {@code hold.here}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}

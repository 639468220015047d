package fi.kimppa.kiosk.session;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the person before the kiosk wants to be served. Belongs to a visit: gone when it ends, and on a kiosk that was left
 * alone.
 *
 * @param chosen what was asked for
 * @param open whether the choices, or help, lie over the screen just now
 * @param help whether it is help
 */
public record Preferences(Set<Preference> chosen, boolean open, boolean help) {
    /** Of somebody who has asked for nothing. */
    public static final Preferences NONE = new Preferences(Set.of(), false, false);

    /** Takes a copy. */
    public Preferences {
        chosen = Collections.unmodifiableSet(
                chosen.isEmpty() ? EnumSet.noneOf(Preference.class) : EnumSet.copyOf(chosen));
    }

    /** Whether this was asked for. */
    public boolean has(Preference what) {
        return chosen.contains(what);
    }

    /** Whether the kiosk waits longer; it does so, too, for somebody who is still choosing. */
    public boolean unhurried() {
        return open || has(Preference.MORE_TIME);
    }

    /** The same with one thing asked for, or not any more. */
    public Preferences with(Preference what, boolean on) {
        EnumSet<Preference> next = EnumSet.noneOf(Preference.class);
        next.addAll(chosen);
        if (on) {
            next.add(what);
        } else {
            next.remove(what);
        }
        return new Preferences(next, open, help);
    }

    /** The same with the choices over the screen, or not any more. */
    public Preferences opened(boolean next) {
        return new Preferences(chosen, next, false);
    }

    /** The same with help over the screen, or nothing. */
    public Preferences helped(boolean next) {
        return new Preferences(chosen, next, next);
    }
}

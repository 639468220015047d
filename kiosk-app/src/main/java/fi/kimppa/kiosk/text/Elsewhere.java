package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Surroundings;
import java.util.Optional;

/**
 * What of the library is found elsewhere, by a patron's own telephone, as the way to it is called. Pure; any thread.
 *
 * @param name in full
 * @param brief for the narrowest buttons
 */
public record Elsewhere(String name, String brief) {
    /** Rooms, electronic collections, or both; empty where there is neither. */
    public static Optional<Elsewhere> of(Texts texts, Surroundings around) {
        int all = around.feed().resources().size();
        if (around.rooms().isEmpty()) {
            return all == 0 ? Optional.empty() : Optional.of(alike(texts.say("home.collections")));
        }
        return Optional.of(
                all == 1
                        ? alike(texts.say("home.rooms"))
                        : new Elsewhere(texts.say("home.elsewhere"), texts.say("home.elsewhere.brief")));
    }

    private static Elsewhere alike(String name) {
        return new Elsewhere(name, name);
    }
}

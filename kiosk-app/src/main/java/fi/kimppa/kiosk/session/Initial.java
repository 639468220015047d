package fi.kimppa.kiosk.session;

import java.util.Locale;
import java.util.Optional;

/** The first letter of a first name. Pure. */
final class Initial {
    private Initial() {}

    /**
     * Of a name as the library writes it: what stands behind a comma is the first name, as in "Virtanen, Aino"; where there is none, it is
     * what stands first.
     */
    static Optional<String> of(String name) {
        return name.substring(name.indexOf(',') + 1)
                .strip()
                .codePoints()
                .limit(1)
                .filter(Character::isLetter)
                .mapToObj(letter -> Character.toString(letter).toUpperCase(Locale.ROOT))
                .findFirst();
    }
}

package fi.kimppa.kiosk.session;

import java.util.Map;
import java.util.Optional;

/**
 * How a bin is told from others beside its number, which is always shown.
 *
 * @param names what it is called, by the tag of a language; under {@link #EVERY_LANGUAGE} for those without one of their own
 * @param colour {@code #rrggbb}; where there is none, the one of what is done with the thing
 * @param shape behind the number; where there is none, the one of what is done with the thing
 */
public record BinMark(Map<String, String> names, Optional<String> colour, Optional<Shape> shape) {
    /** In place of a tag. */
    public static final String EVERY_LANGUAGE = "";

    /** Takes a copy. */
    public BinMark {
        names = Map.copyOf(names);
    }

    /** What stands behind the number, to be told apart without colours. */
    public enum Shape {
        CIRCLE,
        SQUARE,
        HEXAGON,
        OCTAGON
    }

    /** What it is called in a language, if it has a name there. */
    public Optional<String> name(Language language) {
        return Optional.ofNullable(names.get(language.tag())).or(() -> Optional.ofNullable(names.get(EVERY_LANGUAGE)));
    }
}

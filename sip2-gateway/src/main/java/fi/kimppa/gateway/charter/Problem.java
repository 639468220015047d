package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.consortium.SettingKey.Allowed;
import java.util.List;
import java.util.Optional;

/**
 * Why a file cannot be used as it is.
 *
 * @param line from 1; 0 if it is about no line of the file, but about what the file leaves out
 * @param key what it is about, as a path: {@code branches.LIETO.isil}
 * @param why the kind
 * @param found what stands there, or what else matters: who locked it, which row has the same
 * @param allowed what may stand there
 */
record Problem(int line, String key, Why why, String found, Optional<Allowed> allowed) {
    /** The kinds of problems. */
    enum Why {
        /** The file is no YAML. */
        SYNTAX,
        /** The file is too large, or nested too deeply. */
        SIZE,
        /** A mapping stands where a text is wanted, or the other way round. */
        SHAPE,
        /** There is no section, row or attribute of this name. */
        UNKNOWN,
        /** The text is none that may stand there. */
        VALUE,
        /** The same key stands there twice. */
        TWICE,
        /** A row does not say what every row must. */
        MISSING,
        /** A row names another that is not there. */
        NAMES_NOTHING,
        /** Another row says the same. */
        NOT_UNIQUE,
        /** What a row says contradicts itself. */
        CONTRADICTION,
        /** The consortium has locked the setting. */
        LOCKED,
        /** The file is of another consortium. */
        OTHER_CONSORTIUM,
        /** The row cannot go: another row names it. */
        STILL_NAMED,
        /** The row cannot go: something rests on it. */
        STILL_USED
    }

    static Problem of(int line, String key, Why why, String found) {
        return new Problem(line, key, why, found, Optional.empty());
    }

    static Problem of(int line, String key, Why why, String found, Allowed allowed) {
        return new Problem(line, key, why, found, Optional.of(allowed));
    }

    static Problem of(int line, String key, Why why, String found, List<String> allowed) {
        return of(line, key, why, found, new Allowed.OneOf(allowed));
    }
}

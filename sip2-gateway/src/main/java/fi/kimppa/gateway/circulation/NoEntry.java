package fi.kimppa.gateway.circulation;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Why a library system lets somebody not in after hours, as far as it says. On its way to the door it is the extra field {@link #FIELD} of a
 * 64, in a form of our own that no machine is ever sent.
 *
 * @param opens when the branch opens, where it is closed
 * @param closes when it closes, a time that is outside already
 */
public record NoEntry(Why why, Optional<LocalTime> opens, Optional<LocalTime> closes) {
    /** The field's code: none of the standard's, nor of a vendor's that we know. */
    public static final String FIELD = "PW";

    /** What is in the way. */
    public enum Why {
        /** The rules of self-service have not been accepted. */
        TERMS,
        /** This kind of patron may not. */
        CATEGORY,
        /** Too young. */
        AGE,
        /** The right was taken away. */
        BANNED,
        /** The branch is closed now. */
        CLOSED
    }

    /** One that says no more. */
    public static NoEntry of(Why why) {
        return new NoEntry(why, Optional.empty(), Optional.empty());
    }

    /** The field's value. */
    public String text() {
        return opens.isPresent() && closes.isPresent() ? why + " " + opens.get() + " " + closes.get() : why.name();
    }

    /** Reads the field's value; empty if it is none of ours. */
    static Optional<NoEntry> parse(String text) {
        List<String> words = List.of(text.split(" ", -1));
        return Arrays.stream(Why.values())
                .filter(why -> why.name().equals(words.getFirst()))
                .findFirst()
                .map(why ->
                        words.size() == 3 ? new NoEntry(why, time(words.get(1)), time(words.get(2))) : NoEntry.of(why));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

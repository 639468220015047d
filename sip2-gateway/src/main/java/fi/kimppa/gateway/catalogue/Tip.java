package fi.kimppa.gateway.catalogue;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What staff recommend on idle screens.
 *
 * @param id 0 for one that is not written down yet
 * @param municipality code of the one where it is shown; empty for all
 * @param heading one line
 * @param text some sentences
 * @param title as the catalogue names the work; empty where the tip is about none
 * @param first the first day on which it is shown
 * @param last the last
 */
record Tip(
        long id,
        Optional<String> municipality,
        InLanguages heading,
        InLanguages text,
        String title,
        LocalDate first,
        LocalDate last) {
    static final int LONGEST_HEADING = 80;
    static final int LONGEST_TEXT = 400;
    static final int LONGEST_TITLE = 200;
    private static final int MOST_DAYS = 366;

    /** What may be wrong with one. */
    enum Problem {
        /** It has no heading in any language. */
        HEADING,
        /** A text is longer than a screen has room for. */
        LONG,
        /** A day is missing. */
        DATES,
        /** Its last day is before its first. */
        ORDER,
        /** It would be shown for more than a year. */
        SPAN,
        /** There is no such municipality. */
        PLACE,
        /** Somebody has taken it away. */
        GONE
    }

    /** What is wrong with it; empty if nothing is. Whether there is such a municipality it does not know. */
    Optional<Problem> problem() {
        if (heading.nothing()) {
            return Optional.of(Problem.HEADING);
        }
        if (!heading.fits(LONGEST_HEADING) || !text.fits(LONGEST_TEXT) || title.length() > LONGEST_TITLE) {
            return Optional.of(Problem.LONG);
        }
        if (last.isBefore(first)) {
            return Optional.of(Problem.ORDER);
        }
        return ChronoUnit.DAYS.between(first, last) > MOST_DAYS ? Optional.of(Problem.SPAN) : Optional.empty();
    }

    /** As the record of changes has it. */
    String said() {
        return first + " – " + last + " " + heading.filled().fi();
    }
}

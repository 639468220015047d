package fi.kimppa.gateway.consortium;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Days on which branches do not open, whatever their weekly hours say.
 *
 * @param id 0 for one that is not written down yet
 * @param place one branch, the branches of one municipality, or all
 * @param first the first day
 * @param last the last day
 * @param reason for people
 * @param who name of the member of staff who entered it
 */
public record Closure(long id, Scope place, LocalDate first, LocalDate last, Reason reason, String who) {
    /** No closure is longer, in days; what is closed for years is no branch. */
    public static final int MOST_DAYS = 1000;

    /** No reason is longer in any language, in characters. */
    public static final int LONGEST_REASON = 200;

    /** Why, in the languages of the house; each may be empty. */
    public record Reason(String fi, String sv, String en) {
        /** In this language, else in the first in which there is one; may be empty. */
        public String in(Locale language) {
            String wanted = switch (language.getLanguage()) {
                case "sv" -> sv;
                case "en" -> en;
                default -> fi;
            };
            return List.of(wanted, fi, sv, en).stream()
                    .filter(text -> !text.isBlank())
                    .findFirst()
                    .orElse("");
        }

        private boolean fits() {
            return List.of(fi, sv, en).stream().allMatch(text -> text.length() <= LONGEST_REASON);
        }
    }

    /** What may be wrong with one. */
    public enum Problem {
        /** Its last day is before its first. */
        ORDER,
        /** It has more than {@value Closure#MOST_DAYS} days. */
        LONG,
        /** A reason has more than {@value Closure#LONGEST_REASON} characters. */
        REASON,
        /** There is no such place. */
        PLACE
    }

    /** Whether this day is one of its days. */
    public boolean covers(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** Whether it is about this branch. */
    public boolean concerns(Branch branch) {
        return switch (place.kind()) {
            case CONSORTIUM -> true;
            case MUNICIPALITY -> place.name().equals(branch.municipality());
            case BRANCH -> place.name().equals(branch.code());
            case DEVICE -> false;
        };
    }

    /** What is wrong with it by itself. */
    Optional<Problem> problem() {
        if (last.isBefore(first)) {
            return Optional.of(Problem.ORDER);
        }
        if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            return Optional.of(Problem.LONG);
        }
        return reason.fits() ? Optional.empty() : Optional.of(Problem.REASON);
    }

    /** The days as the record of changes says them. */
    String days() {
        return first.equals(last) ? first.toString() : first + " - " + last;
    }
}

package fi.kimppa.kiosk.screen;

import java.util.List;
import java.util.Optional;

/**
 * What a build takes of a table of displays, languages and looks: all of it, or with {@code -Dkimppa.sample=N}, as
 * {@code deploy/verify} says it, one of a row, another in each row and with each number.
 */
final class Sample {
    private static final Optional<Integer> NUMBER = Optional.ofNullable(Integer.getInteger("kimppa.sample"));

    private Sample() {}

    /** The whole row, or the one of it whose turn it is; that of the next row is the next. */
    static <T> List<T> of(List<T> row, int number) {
        return NUMBER.map(build -> List.of(row.get(Math.floorMod(build + number, row.size()))))
                .orElse(row);
    }
}

package fi.kimppa.gateway.consortium;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * The days on which Finland does not work, by the rules that have held since 1992, and the two eves on which nearly nobody does.
 * Nothing closes because of them: they are what staff are offered (selfservice.md, section 4: the eves are a library's own decision).
 * Source of the rules: the laws on the first of May (272/1944) and on Independence Day (388/1937), and the Church Act with the calendar
 * of the University of Helsinki.
 */
public enum Holiday {
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    MAY_DAY,
    ASCENSION,
    PENTECOST,
    /** The Friday before Midsummer Day; no public holiday. */
    MIDSUMMER_EVE,
    MIDSUMMER_DAY,
    ALL_SAINTS,
    INDEPENDENCE_DAY,
    /** No public holiday. */
    CHRISTMAS_EVE,
    CHRISTMAS_DAY,
    SAINT_STEPHEN;

    /** Whether it is one only by custom. */
    public boolean eve() {
        return this == MIDSUMMER_EVE || this == CHRISTMAS_EVE;
    }

    /** Its day in this year, 1992 or later. */
    public LocalDate in(int year) {
        return switch (this) {
            case NEW_YEAR -> LocalDate.of(year, 1, 1);
            case EPIPHANY -> LocalDate.of(year, 1, 6);
            case GOOD_FRIDAY -> easter(year).minusDays(2);
            case EASTER_SUNDAY -> easter(year);
            case EASTER_MONDAY -> easter(year).plusDays(1);
            case MAY_DAY -> LocalDate.of(year, 5, 1);
            case ASCENSION -> easter(year).plusDays(39);
            case PENTECOST -> easter(year).plusDays(49);
            case MIDSUMMER_EVE -> from(LocalDate.of(year, 6, 19), DayOfWeek.FRIDAY);
            case MIDSUMMER_DAY -> from(LocalDate.of(year, 6, 20), DayOfWeek.SATURDAY);
            case ALL_SAINTS -> from(LocalDate.of(year, 10, 31), DayOfWeek.SATURDAY);
            case INDEPENDENCE_DAY -> LocalDate.of(year, 12, 6);
            case CHRISTMAS_EVE -> LocalDate.of(year, 12, 24);
            case CHRISTMAS_DAY -> LocalDate.of(year, 12, 25);
            case SAINT_STEPHEN -> LocalDate.of(year, 12, 26);
        };
    }

    private static LocalDate from(LocalDate earliest, DayOfWeek day) {
        return earliest.with(TemporalAdjusters.nextOrSame(day));
    }

    /**
     * Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher: the letters are theirs (Meeus, Astronomical
     * Algorithms, chapter 8).
     */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = b / 4;
        int e = b % 4;
        int f = (b + 8) / 25;
        int g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4;
        int k = c % 4;
        int l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int day = h + l - 7 * m + 114;
        return LocalDate.of(year, day / 31, day % 31 + 1);
    }
}

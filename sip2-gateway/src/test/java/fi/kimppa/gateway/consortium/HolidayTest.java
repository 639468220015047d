package fi.kimppa.gateway.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidayTest {
    /** Compared with the table of the library dateutil (tests/test_easter.py), which was not made by this rule. */
    private static final List<LocalDate> EASTERS = Stream.of("""
            1990-04-15 1991-03-31 1992-04-19 1993-04-11 1994-04-03 1995-04-16 1996-04-07 1997-03-30 1998-04-12 1999-04-04
            2000-04-23 2001-04-15 2002-03-31 2003-04-20 2004-04-11 2005-03-27 2006-04-16 2007-04-08 2008-03-23 2009-04-12
            2010-04-04 2011-04-24 2012-04-08 2013-03-31 2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21
            2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01
            2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2036-04-13 2037-04-05 2038-04-25 2039-04-10
            2040-04-01 2041-04-21 2042-04-06 2043-03-29 2044-04-17 2045-04-09 2046-03-25 2047-04-14 2048-04-05 2049-04-18 2050-04-10
            """.split("\\s+", -1))
            .filter(day -> !day.isEmpty())
            .map(LocalDate::parse)
            .toList();

    @Test
    void knowsEasterOfSixtyOneYears() {
        assertThat(IntStream.rangeClosed(1990, 2050).mapToObj(Holiday::easter)).containsExactlyElementsOf(EASTERS);
    }

    /** The earliest and the latest that there can be (Meeus, Astronomical Algorithms, chapter 8). */
    @ParameterizedTest
    @CsvSource({"1818-03-22", "1943-04-25", "2285-03-22"})
    void knowsTheEarliestAndTheLatestEaster(LocalDate easter) {
        assertThat(Holiday.easter(easter.getYear())).isEqualTo(easter);
    }

    /** As the calendar of the University of Helsinki has them. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            NEW_YEAR,         2026-01-01, 2027-01-01
            EPIPHANY,         2026-01-06, 2027-01-06
            GOOD_FRIDAY,      2026-04-03, 2027-03-26
            EASTER_SUNDAY,    2026-04-05, 2027-03-28
            EASTER_MONDAY,    2026-04-06, 2027-03-29
            MAY_DAY,          2026-05-01, 2027-05-01
            ASCENSION,        2026-05-14, 2027-05-06
            PENTECOST,        2026-05-24, 2027-05-16
            MIDSUMMER_EVE,    2026-06-19, 2027-06-25
            MIDSUMMER_DAY,    2026-06-20, 2027-06-26
            ALL_SAINTS,       2026-10-31, 2027-11-06
            INDEPENDENCE_DAY, 2026-12-06, 2027-12-06
            CHRISTMAS_EVE,    2026-12-24, 2027-12-24
            CHRISTMAS_DAY,    2026-12-25, 2027-12-25
            SAINT_STEPHEN,    2026-12-26, 2027-12-26
            """)
    void knowsTheDaysOfTwoYearsInWhichMovableOnesAreAtTheirEnds(Holiday holiday, LocalDate one, LocalDate next) {
        assertThat(holiday.in(2026)).isEqualTo(one);
        assertThat(holiday.in(2027)).isEqualTo(next);
    }

    @Test
    void keepsTheDaysOfTheWeekInEveryYear() {
        for (int year = 1992; year < 2100; year++) {
            assertThat(Holiday.MIDSUMMER_EVE.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
            assertThat(Holiday.MIDSUMMER_DAY.in(year))
                    .isEqualTo(Holiday.MIDSUMMER_EVE.in(year).plusDays(1))
                    .isBetween(LocalDate.of(year, 6, 20), LocalDate.of(year, 6, 26));
            assertThat(Holiday.ALL_SAINTS.in(year)).isBetween(LocalDate.of(year, 10, 31), LocalDate.of(year, 11, 6));
            assertThat(Holiday.ALL_SAINTS.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.SATURDAY);
            assertThat(Holiday.ASCENSION.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
            assertThat(Holiday.GOOD_FRIDAY.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
        }
    }

    @Test
    void onlyTheTwoEvesAreNoPublicHolidays() {
        assertThat(Arrays.stream(Holiday.values()).filter(Holiday::eve))
                .containsExactly(Holiday.MIDSUMMER_EVE, Holiday.CHRISTMAS_EVE);
    }
}

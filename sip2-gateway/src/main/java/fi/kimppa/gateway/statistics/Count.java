package fi.kimppa.gateway.statistics;

import fi.kimppa.gateway.statistics.Deed.Kind;
import java.time.LocalDate;

/**
 * How often something was done on a day or in a month.
 *
 * @param since the day, or the first day of the month
 * @param branch code of the branch that served
 * @param home code of the card's municipality; empty where that is not known
 * @param owner code of the municipality that owns the thing; empty where that is not known
 * @param onward code of the branch that a returned thing went on to; empty if it stayed
 */
record Count(LocalDate since, Kind kind, String branch, String home, String owner, String onward, long times) {}

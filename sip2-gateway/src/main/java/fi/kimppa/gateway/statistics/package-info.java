/**
 * How much is done where, for whose residents and with whose things: the daily counts, which name no patron and no thing, the
 * page that draws them, and the sharing of costs. Offers {@link fi.kimppa.gateway.statistics.DailyCounts} to circulation, which
 * counts each change in the transaction that settles it. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.statistics;

import org.jspecify.annotations.NullMarked;

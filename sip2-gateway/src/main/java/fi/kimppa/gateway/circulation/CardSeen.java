package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Instant;

/**
 * A library system has told how a card stands, to somebody who gave the right PIN, or that there is no such card. Published in the
 * middle of an answer: whoever listens hands over and returns.
 *
 * @param at when, by the gateway's clock
 * @param terminal where
 * @param card its number; of no use to logs
 * @param inOrder whether its holder may borrow
 */
public record CardSeen(Instant at, Terminal terminal, String card, boolean inOrder) {
    @Override
    public String toString() {
        return "CardSeen[***]";
    }
}

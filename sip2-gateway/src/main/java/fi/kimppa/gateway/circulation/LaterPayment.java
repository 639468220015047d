package fi.kimppa.gateway.circulation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the journal knows of a payment that was begun after another one of the same card at the same library system: without it the debt of
 * today does not tell which of the two was booked.
 *
 * @param amount BV; empty where it named none
 * @param owed what the patron owed just before it; empty where the library system does not say
 * @param done whether it is known to be booked
 * @param unfinished whether its end will still be known
 * @param apart whether it was sent so long after the other that this one was booked by then, or is not
 */
record LaterPayment(
        Optional<BigDecimal> amount, Optional<BigDecimal> owed, boolean done, boolean unfinished, boolean apart) {}

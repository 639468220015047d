package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Instant;
import java.util.Optional;

/** What happened in circulation, published to whoever listens, in the transaction that settles it. */
public sealed interface CirculationEvent {
    /** When, by the gateway's clock. */
    Instant at();

    /** Where. */
    Terminal terminal();

    /** AB: the item; for a payment CG, the fee, or nothing. */
    String item();

    /** An item became a loan. */
    record ItemLent(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** A loan was renewed. */
    record LoanRenewed(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /**
     * An item came back.
     *
     * @param branch branch code of where it came back
     * @param home AQ, branch code of its home
     * @param destination CT, where it must travel to; empty when it stays
     * @param sortBin CL
     */
    record ItemReturned(
            Instant at,
            Terminal terminal,
            String item,
            String branch,
            String home,
            Optional<String> destination,
            String sortBin)
            implements CirculationEvent {}

    /** A checkout turned out to be a loan after the terminal had stopped waiting for the answer: staff look. */
    record CheckoutSettledLate(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** A return was accepted while the backend was silent and waits for it. */
    record ReturnWaiting(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** A return that was accepted for a silent backend was refused by it later: a task for staff. */
    record ReturnRefused(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** A loan or renewal that was made while the machine was off-line was refused afterwards: a task for staff. */
    record LoanRefused(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** A thing that nobody owns was taken: a task for staff. */
    record NoOwnerFound(Instant at, Terminal terminal, String item) implements CirculationEvent {}

    /** Whether a payment was booked cannot be found out: a task for staff. */
    record PaymentUnclear(Instant at, Terminal terminal, String item) implements CirculationEvent {}
}

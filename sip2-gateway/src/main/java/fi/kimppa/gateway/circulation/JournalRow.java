package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One exchange in the journal.
 *
 * @param backend the library system that is asked; empty while nobody can say which one
 * @param openedAt when it was taken
 * @param live whether it is not settled, and the gateway that opened it still runs and may still be at it
 * @param request without passwords; empty once its retention is over
 * @param response what was answered, if it may answer a repeat
 * @param owed what the patron owed before a payment, if that is known
 * @param noOwner whether it is a return of a thing that nobody owns
 * @param overtaken whether a later exchange has changed the same thing, or may have: one that has no end yet counts
 * @param disputed whether nobody knows yet what a later exchange did with the same thing
 * @param history whether a later exchange of the same thing was done for certain, or, of a return, was the next return and promised
 * @param clockStoodStill whether its terminal sent something else with the same date long after
 * @param justSettled whether it was settled less than the backend's deadline ago
 * @param restored whether it had no end when the backup was taken from which the database was restored: it may have ended since
 * @param datedWell whether the database's clock agrees on when it was taken
 */
record JournalRow(
        long id,
        State state,
        Instant openedAt,
        boolean live,
        Optional<String> backend,
        Terminal terminal,
        Optional<Request> request,
        Optional<Response> response,
        boolean ok,
        Optional<BigDecimal> owed,
        boolean noOwner,
        boolean overtaken,
        boolean disputed,
        boolean history,
        boolean clockStoodStill,
        boolean justSettled,
        boolean restored,
        boolean datedWell) {

    /**
     * When what is in a return came back, as a library system is to be told. One that a machine took off-line keeps its date. One that was
     * heard at once has the moment at which it was taken, whatever the machine's clock said: fees are reckoned by it. If that moment and the
     * database's clock disagree, ours may be the one that is wrong, and a date before the thing's loan would make library systems take the
     * return for an older one: then it is the later of ours and the machine's.
     */
    Timestamp cameBack(Checkin checkin, ZoneId zone) {
        if (checkin.noBlock()) {
            return checkin.returnDate();
        }
        return checkin.returnDate()
                .instant(zone)
                .filter(said -> !datedWell && said.isAfter(openedAt))
                .map(_ -> checkin.returnDate())
                .orElseGet(() -> Timestamp.of(openedAt, zone));
    }

    /** How far it has come. */
    enum State {
        /** Written, not answered yet. */
        OPEN,
        /** Answered, or found out. */
        SETTLED,
        /** Nobody knows; it is asked about. */
        UNKNOWN,
        /** Promised to the patron, to be done when the backend is back. */
        WAITING,
        /** The backend said no to what was promised: staff must look. */
        WITH_STAFF
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.util.Optional;

/**
 * One exchange in the journal.
 *
 * @param live whether the gateway that opened it still runs and may still be at it
 * @param request without passwords; empty once its retention is over
 * @param response what was answered, if it may answer a repeat
 * @param overtaken whether a later exchange has changed the same item
 */
record JournalRow(
        long id,
        State state,
        boolean live,
        String backend,
        Terminal terminal,
        Optional<Request> request,
        Optional<Response> response,
        boolean ok,
        boolean overtaken) {

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

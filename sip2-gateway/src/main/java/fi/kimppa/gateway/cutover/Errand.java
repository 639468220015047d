package fi.kimppa.gateway.cutover;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Request;

/** What a request wants, as far as it matters while a municipality changes its library system. */
public enum Errand {
    /** To know something: 17, 23, 63; and 35, which changes nothing either. */
    QUESTION,
    /** To bring something back: 09. Harmless when done twice, so that it may be promised. */
    RETURN,
    /** Everything else, the undoing of a loan by a 09 among it. */
    CHANGE;

    /** What this request wants. */
    public static Errand of(Request request) {
        return switch (request) {
            case ItemInformation _, PatronStatusRequest _, PatronInformation _, EndPatronSession _ -> QUESTION;
            case Checkin checkin when !checkin.cancel().orElse(false) -> RETURN;
            default -> CHANGE;
        };
    }
}

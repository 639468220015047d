package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import java.time.Clock;

/** FOLIO's gateway as this backend speaks with it: one tenant, one service account. May be used by several threads. */
final class Okapi implements AutoCloseable {
    private final String name;
    private final FolioSettings settings;
    private final HttpLink link;
    private final Tokens tokens;

    /**
     * Connects and logs in at the first call.
     *
     * @param name of the library system, for logs
     */
    Okapi(String name, FolioSettings settings, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.link = new HttpLink(name, settings.http());
        this.tokens = new Tokens(name, settings, link, clock);
    }

    /** Begins what one request of a terminal needs; all of it together must end in time. */
    Conversation begin() {
        return new Conversation(name, settings.tenant(), link, tokens, Deadline.in(settings.answer()));
    }

    @Override
    public void close() {
        link.close();
    }
}

package fi.kimppa.gateway.circulation;

/**
 * The journal's database does not answer, so that a change can neither be promised nor truthfully refused: the
 * terminal gets no answer and keeps the change itself.
 */
public final class JournalSilentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean nothingBegun;

    JournalSilentException() {
        super("the journal's database has not answered in time");
        this.nothingBegun = false;
    }

    JournalSilentException(boolean nothingBegun, Throwable cause) {
        super("the journal's database does not answer", cause);
        this.nothingBegun = nothingBegun;
    }

    /** Whether it is known to be away and nothing was begun: then the terminal may be told that the library is off-line. */
    public boolean nothingBegun() {
        return nothingBegun;
    }
}

package fi.kimppa.gateway.circulation;

/**
 * The journal's database does not answer, so that a change can neither be promised nor truthfully refused: the
 * terminal gets no answer and keeps the change itself.
 */
public final class JournalSilentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalSilentException() {
        super("the journal's database has not answered in time");
    }

    JournalSilentException(Throwable cause) {
        super("the journal's database does not answer", cause);
    }
}

package fi.kimppa.gateway.circulation;

/** A backend lives, but had no room for this question in time; certainly nothing was done. */
public final class BackendBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says who is busy and with what.
     *
     * @param message backend, what there was no room for, and how long it was waited for; for logs
     */
    public BackendBusyException(String message) {
        super(message);
    }
}

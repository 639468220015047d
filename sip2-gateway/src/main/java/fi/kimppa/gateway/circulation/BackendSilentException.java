package fi.kimppa.gateway.circulation;

/** A backend cannot be reached or did not answer. */
public final class BackendSilentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeKnown;

    /**
     * Says who is silent and why.
     *
     * @param message backend, phase and elapsed time, for logs
     * @param outcomeKnown whether it is certain that nothing was done
     * @param cause what happened underneath
     */
    public BackendSilentException(String message, boolean outcomeKnown, Throwable cause) {
        super(message, cause);
        this.outcomeKnown = outcomeKnown;
    }

    /** Whether it is certain that nothing was done. */
    public boolean outcomeKnown() {
        return outcomeKnown;
    }
}

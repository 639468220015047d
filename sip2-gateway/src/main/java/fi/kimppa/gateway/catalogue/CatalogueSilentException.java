package fi.kimppa.gateway.catalogue;

/** A catalogue cannot be reached, did not answer, or is asked no more for the moment. */
public final class CatalogueSilentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which catalogue and why.
     *
     * @param message for logs; says nothing of what was looked for
     */
    public CatalogueSilentException(String message) {
        super(message);
    }

    /**
     * Says which catalogue and why.
     *
     * @param message for logs; says nothing of what was looked for
     * @param cause what happened underneath
     */
    public CatalogueSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}

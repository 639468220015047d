package fi.kimppa.deploy;

/** The house cannot start. The message names the cause and the cure, for the person at the terminal. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}

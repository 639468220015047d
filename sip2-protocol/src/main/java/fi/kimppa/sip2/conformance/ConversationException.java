package fi.kimppa.sip2.conformance;

/** A golden conversation or its data that cannot be understood: where, what was expected and what stands there. */
public final class ConversationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConversationException(String file, int line, String expected, String found) {
        super(file + ":" + line + ": expected " + expected + ", found " + found);
    }

    ConversationException(String message) {
        super(message);
    }

    ConversationException(String message, Throwable cause) {
        super(message, cause);
    }
}

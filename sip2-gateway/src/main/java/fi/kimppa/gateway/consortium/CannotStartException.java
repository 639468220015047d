package fi.kimppa.gateway.consortium;

import org.jspecify.annotations.Nullable;

/** The gateway cannot start as it is set up; the message is for the operator and names the setting. */
public final class CannotStartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and which setting changes it. */
    public CannotStartException(String message) {
        this(message, null);
    }

    /** Says what is wrong and which setting changes it. */
    public CannotStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

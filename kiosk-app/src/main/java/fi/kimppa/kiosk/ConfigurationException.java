package fi.kimppa.kiosk;

import java.util.List;

/** The configuration cannot be used; the message names the file, each key that is wrong and what was expected, a line each. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    ConfigurationException(String message) {
        this(List.of(message));
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
        problems = List.of(message);
    }

    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each thing that is wrong, with its key and what was expected. */
    public List<String> problems() {
        return problems;
    }
}

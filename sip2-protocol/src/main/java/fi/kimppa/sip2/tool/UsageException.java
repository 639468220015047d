package fi.kimppa.sip2.tool;

/** A command line, or a file that it names, that cannot be understood. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String help;

    UsageException(String message, String help) {
        super(message);
        this.help = help;
    }

    String help() {
        return help;
    }
}

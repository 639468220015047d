package fi.kimppa.device.tool;

/** What a command could not do, in a sentence for the person at the terminal. */
final class ToolException extends RuntimeException {
    private final int exitCode;

    /**
     * A failure.
     *
     * @param exitCode one of {@link Exit}
     */
    ToolException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}

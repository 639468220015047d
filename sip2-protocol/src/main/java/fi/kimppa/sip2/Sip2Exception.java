package fi.kimppa.sip2;

import java.time.Duration;

/**
 * A conversation that broke. A refusal is not among these: that the library says no is a value inside the response
 * (style: three kinds of errors, never mixed).
 */
public abstract sealed class Sip2Exception extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean outcomeKnown;

    private Sip2Exception(String message, boolean outcomeKnown, Throwable cause) {
        super(message, cause);
        this.outcomeKnown = outcomeKnown;
    }

    private Sip2Exception(String message, boolean outcomeKnown) {
        super(message);
        this.outcomeKnown = outcomeKnown;
    }

    /**
     * Whether it is certain that the request was not carried out. When false it may have been, and only asking (17,
     * 63) tells; sending it again might do it twice.
     */
    public boolean outcomeKnown() {
        return outcomeKnown;
    }

    /** The other side spoke nonsense. The message never holds content, which might be a patron's. */
    public static final class FormatException extends Sip2Exception {
        private static final long serialVersionUID = 1;

        /**
         * What was wrong.
         *
         * @param expected what should have stood there
         * @param found what stood there, as a length or a shape
         * @param offset byte offset in the line
         * @param outcomeKnown see {@link Sip2Exception#outcomeKnown()}
         */
        public FormatException(String expected, String found, int offset, boolean outcomeKnown) {
            super("expected " + expected + ", found " + found + " at byte " + offset, outcomeKnown);
        }
    }

    /** The other side is not there, or does not let this terminal in. */
    public static final class LinkException extends Sip2Exception {
        private static final long serialVersionUID = 1;

        private final Phase phase;

        /**
         * What failed.
         *
         * @param address the peer
         * @param phase what was being done
         * @param elapsed how long it was tried
         * @param outcomeKnown see {@link Sip2Exception#outcomeKnown()}
         */
        public LinkException(Sip2Address address, Phase phase, Duration elapsed, boolean outcomeKnown) {
            super(describe(address, phase, elapsed), outcomeKnown);
            this.phase = phase;
        }

        /** As above, with what the operating system said. */
        public LinkException(
                Sip2Address address, Phase phase, Duration elapsed, boolean outcomeKnown, Throwable cause) {
            super(describe(address, phase, elapsed) + ": " + cause.getMessage(), outcomeKnown, cause);
            this.phase = phase;
        }

        private static String describe(Sip2Address address, Phase phase, Duration elapsed) {
            return phase.words + " " + address + " after " + elapsed.toMillis() + " ms";
        }

        /** What was being done when it failed. */
        public Phase phase() {
            return phase;
        }
    }

    /** The steps of a conversation at which a link can fail. */
    public enum Phase {
        CONNECT("no connection to"),
        BACK_OFF("not trying yet to reach"),
        LOGIN("login refused by"),
        OFFLINE("the library is off-line at"),
        SEND("could not send to"),
        RECEIVE("no answer from"),
        CLOSED("closed connection to");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }
}

package fi.kimppa.sip2.conformance;

/** One line of a conversation. {@code line} is its number in the file. */
sealed interface Step {
    int line();

    /**
     * Bytes that the file's own side puts on the wire.
     *
     * @param ended whether a CR follows
     */
    record Send(int line, String text, Template bytes, boolean ended) implements Step {}

    /** A line that the tested side must send. */
    record Expect(int line, String text, Expectation expected) implements Step {}

    /** The tested side must send the line it sent last, byte for byte. */
    record ExpectSame(int line) implements Step {}

    /** The tested side must not send anything. */
    record Silence(int line) implements Step {}

    /** The tested side must close the connection. */
    record Closed(int line) implements Step {}

    /** A new connection: the old one is given up, or the tested client must come again. */
    record Reconnect(int line) implements Step {}

    /** The file's own side closes the connection. */
    record HangUp(int line) implements Step {}

    /** The usual beginning: 93, and for a client 99 too. */
    record LogIn(int line) implements Step {}

    /** The tested client is asked to exchange this request. */
    record Ask(int line, String text, Template request) implements Step {}

    /** The exchange must end with this response. */
    record Answer(int line, String text, Expectation expected) implements Step {}

    /**
     * The exchange must end with an exception.
     *
     * @param format whether the peer spoke nonsense; else it is a matter of the link
     * @param outcomeKnown whether the client may be sure that nothing was done
     */
    record Fails(int line, boolean format, boolean outcomeKnown) implements Step {}
}

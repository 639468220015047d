package fi.kimppa.gateway.consortium;

/** A row of the consortium cannot be taken away; the message is a word for what rests on it, such as {@code loans}. */
public final class RowInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is in the way.
     *
     * @param use one word, out of the texts for people
     */
    public RowInUseException(String use) {
        super(use);
    }
}

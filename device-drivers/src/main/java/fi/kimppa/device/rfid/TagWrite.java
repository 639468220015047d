package fi.kimppa.device.rfid;

/** How writing the memory of one tag ended. */
public sealed interface TagWrite {
    /**
     * Every byte was read back.
     *
     * @param blocks how many had to be written, 0 when the tag already said it
     */
    record Written(int blocks) implements TagWrite {}

    /** The tag did not answer: it was lifted. What was written so far stays. */
    record TagGone() implements TagWrite {}

    /**
     * The tag is there and does not hold what it should.
     *
     * @param block the first that could not be written
     */
    record Failed(Reason reason, int block) implements TagWrite {}

    /** Why. */
    enum Reason {
        /** The block is locked for good. */
        LOCKED,
        /** The memory is too small; nothing was written. */
        TOO_SMALL,
        /** The tag or the reader refuses. */
        REJECTED,
        /** After every attempt something else was read back. */
        NOT_VERIFIED
    }
}

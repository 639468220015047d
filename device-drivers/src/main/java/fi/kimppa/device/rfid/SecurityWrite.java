package fi.kimppa.device.rfid;

/** How an attempt to change the security of one tag ended. */
public sealed interface SecurityWrite {
    /**
     * The tag now has the wanted security; it was read back.
     *
     * @param written false when the tag already had it, so that nothing was written
     */
    record Verified(boolean written) implements SecurityWrite {}

    /** The tag did not answer: it was lifted. */
    record TagGone() implements SecurityWrite {}

    /** The tag is there and does not have the wanted security. */
    record Failed(Reason reason) implements SecurityWrite {}

    /** Why a tag that is there could not be changed. */
    enum Reason {
        /** The AFI is locked (tag error 12). Permanent: a matter for staff. */
        LOCKED,
        /** The tag wants a password or rejects the command (tag errors 01, 02, 03, 0F). */
        REJECTED,
        /** The reader reports a write error after every attempt. */
        WRITE_ERROR,
        /** Every write was accepted and every time the old value was read back. */
        NOT_VERIFIED,
        /** Under this UID another item's identifier is found now, or none; nothing was written. */
        OTHER_ITEM
    }
}

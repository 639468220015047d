package fi.kimppa.kiosk.runtime;

/** What came of an order to write a tag, in the words of the reports. */
public enum TagOutcome {
    /** Memory and security were written and read back. */
    WRITTEN,
    /** The memory was written and read back; the security was not. */
    NOT_SECURED,
    /** No tag lay on the pad. */
    NO_TAG,
    /** More than one tag lay there. */
    SEVERAL_TAGS,
    /** The tag says another item, or is a patron's card. */
    OTHER_ITEM,
    /** The tag holds something that is not understood. */
    UNKNOWN_CONTENT,
    /** The tag is locked. */
    LOCKED,
    /** The tag's memory is too small. */
    TOO_SMALL,
    /** The model cannot store the item, or is not known here. */
    NOT_ENCODABLE,
    /** The tag was lifted before the end; what was written so far stays, and the same order given again goes on. */
    TAG_GONE,
    /** The tag or the reader failed in the middle; the same holds. */
    WRITE_FAILED,
    /** The pad did not answer; nothing was written. */
    PAD_AWAY,
    /** The order came, or its turn came, too late; nothing was written. */
    EXPIRED
}

package fi.kimppa.device.rfid;

/**
 * The numbers of the Bibliotheca / 3M model 210 protocol that a pad needs. All but {@link #INVENTORY}, {@link #VERSION} and
 * {@link #SETTINGS} begin with the 8 bytes of a UID, in the request and behind the error byte of the answer.
 */
public final class BibliothecaCommand {
    /** AFI (00 is any), options; answered with AFI, options, count, and for each tag DSFID and UID as the options say. */
    public static final int INVENTORY = 0xFE;
    /** Answered with vendor (0A is 3M), major, minor, build. */
    public static final int VERSION = 0x11;
    /** What the published client sends at start-up; not in the specification, meaning unknown. */
    public static final int SETTINGS = 0x13;
    /** The tag keeps silent until it has left the field. */
    public static final int QUIET = 0x01;
    /** First block, count, options; answered with first, count, and for each block its lock byte and its bytes. */
    public static final int READ_BLOCKS = 0x02;
    /** First block, count, 00, bytes. */
    public static final int WRITE_BLOCKS = 0x04;
    /** Block. */
    public static final int LOCK_BLOCK = 0x08;
    /** Answered with the AFI. */
    public static final int GET_AFI = 0x0A;
    /** AFI. */
    public static final int WRITE_AFI = 0x09;
    /** Locks the AFI for good. */
    public static final int LOCK_AFI = 0x06;
    /** Answered with 01 when the alarm bit is set, else 00. */
    public static final int CHECK_EAS = 0x03;
    /** 01 sets the alarm bit, 00 clears it. */
    public static final int EAS_CONTROL = 0x0C;
    /** Answered with the DSFID. */
    public static final int GET_DSFID = 0x0F;
    /** DSFID. */
    public static final int WRITE_DSFID = 0x0B;
    /** Locks the DSFID for good. */
    public static final int LOCK_DSFID = 0x0E;
    /**
     * What is wanted; answered with what there is, then in this order: bit 0 DSFID, bit 1 AFI, bit 2 block size - 1 and blocks - 1,
     * bit 3 IC reference (2).
     */
    public static final int TAG_INFORMATION = 0x0D;

    /** First number of a frame at start-up; what follows in it is 00 and {@link #VERSION}. */
    public static final int WAKE = 0x04;

    /** Options of {@link #INVENTORY}: the UIDs are wanted. */
    public static final int WITH_UID = 0x01;
    /** Options of {@link #INVENTORY}: the DSFIDs are wanted. */
    public static final int WITH_DSFID = 0x02;
    /** Options of {@link #INVENTORY}: the published client sets it; its meaning is not known. */
    public static final int AS_PUBLISHED = 0x04;
    /** Options of {@link #READ_BLOCKS}: first and count in front, a lock byte before each block. */
    public static final int WITH_LOCKS = 0x05;

    /** {@link #TAG_INFORMATION}: DSFID. */
    public static final int DSFID = 0x01;
    /** {@link #TAG_INFORMATION}: AFI. */
    public static final int AFI = 0x02;
    /** {@link #TAG_INFORMATION}: size and number of blocks. */
    public static final int MEMORY = 0x04;

    /** Error byte of an answer: none. Others are not published. */
    public static final int OK = 0x00;
    /** Vendor in the answer to {@link #VERSION}. */
    public static final int VENDOR_3M = 0x0A;

    private BibliothecaCommand() {}
}

package fi.kimppa.device.rfid;

/** Errors that a tag itself answers (ISO/IEC 15693-3, error codes). */
public final class TagError {
    /** The command is not supported. */
    public static final int NOT_SUPPORTED = 0x01;
    /** Refused for a reason that has no number, for example a missing password. */
    public static final int UNNAMED = 0x0F;
    /** There is no such block. */
    public static final int NO_SUCH_BLOCK = 0x10;
    /** It is locked already. */
    public static final int ALREADY_LOCKED = 0x11;
    /** Locked, cannot be changed. */
    public static final int LOCKED = 0x12;

    private TagError() {}
}

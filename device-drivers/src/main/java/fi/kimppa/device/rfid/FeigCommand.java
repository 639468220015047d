package fi.kimppa.device.rfid;

/** The numbers of FEIG's ISO-Host protocol that a pad needs. */
public final class FeigCommand {
    /** Get software version: version (2), developer, hardware, reader type, transponders (2), more. */
    public static final int VERSION = 0x65;
    /** Get reader information: mode; its answer depends on the mode. */
    public static final int READER_INFORMATION = 0x66;
    /** Mode of {@link #READER_INFORMATION}: device identifier (4), then numbers of licences (H60301 page 51). */
    public static final int DEVICE_ID = 0x80;
    /** CPU reset; answered with ok. */
    public static final int CPU_RESET = 0x63;
    /** RF reset. */
    public static final int RF_RESET = 0x69;
    /** RF output on or off. */
    public static final int RF_OUTPUT = 0x6A;
    /** Set output: states (2), flashing frequencies (2), time (2, in 100 ms), 0000 (H60301 page 54, H40801 page 83). */
    public static final int SET_OUTPUT = 0x71;
    /** Read buffer: number of data sets (2); also what a reader in notification mode sends by itself. */
    public static final int READ_BUFFER = 0x22;
    /** Clear the data sets that were read last. */
    public static final int CLEAR_BUFFER = 0x32;
    /** Read configuration block. */
    public static final int READ_CONFIGURATION = 0x80;
    /** Write configuration block: its address and 14 bytes. */
    public static final int WRITE_CONFIGURATION = 0x81;
    /** ISO standard host command; its sub-commands follow. */
    public static final int HOST = 0xB0;
    /** ISO custom host command; the maker's code and a sub-command follow. */
    public static final int CUSTOM = 0xB1;

    /** {@link #HOST}: mode; bit 7 asks for the rest of the last inventory. */
    public static final int INVENTORY = 0x01;
    /** {@link #HOST}: mode, UID, first block, count. */
    public static final int READ_BLOCKS = 0x23;
    /** {@link #HOST}: mode, UID, first block, count, block size, data. */
    public static final int WRITE_BLOCKS = 0x24;
    /** {@link #HOST}: mode, UID, first block, count. */
    public static final int LOCK_BLOCKS = 0x22;
    /** {@link #HOST}: mode, UID, AFI. */
    public static final int WRITE_AFI = 0x27;
    /** {@link #HOST}: mode, UID. */
    public static final int LOCK_AFI = 0x28;
    /** {@link #HOST}: mode, UID, DSFID. */
    public static final int WRITE_DSFID = 0x29;
    /** {@link #HOST}: mode, UID. */
    public static final int LOCK_DSFID = 0x2A;
    /** {@link #HOST}: mode, UID. */
    public static final int SYSTEM_INFORMATION = 0x2B;

    /** {@link #CUSTOM}: the maker's code of NXP. */
    public static final int NXP = 0x04;
    /** {@link #CUSTOM} of NXP: set the alarm bit; mode, UID. */
    public static final int SET_EAS = 0xA2;
    /** {@link #CUSTOM} of NXP: reset the alarm bit; mode, UID. */
    public static final int RESET_EAS = 0xA3;
    /** {@link #CUSTOM} of NXP: a tag whose alarm bit is set answers; mode, UID. */
    public static final int EAS_ALARM = 0xA5;

    /** Mode: the command is for one UID, which follows. */
    public static final int ADDRESSED = 0x01;
    /** Mode of {@link #INVENTORY}: more of the same inventory. */
    public static final int MORE = 0x80;

    /** Done. */
    public static final int OK = 0x00;
    /** No transponder in the field, or not the addressed one. */
    public static final int NO_TRANSPONDER = 0x01;
    /** The tag's answer was damaged. */
    public static final int DATA_FALSE = 0x02;
    /** A write could not be verified by the reader. */
    public static final int WRITE_ERROR = 0x03;
    /** A parameter is out of range. */
    public static final int PARAMETER_RANGE = 0x11;

    /** The reader does not know the command. */
    public static final int UNKNOWN_COMMAND = 0x80;
    /** The request is too short or too long for its command. */
    public static final int LENGTH_ERROR = 0x81;
    /** Not in this mode of the reader: host commands while it scans by itself. */
    public static final int NOT_AVAILABLE = 0x82;
    /** The radio link broke in mid-command. */
    public static final int RF_COMMUNICATION = 0x83;
    /** Data are valid, the radio link was poor. */
    public static final int RF_WARNING = 0x84;
    /** The buffer is empty (not in the manuals seen; as a published reader program expects it). */
    public static final int NO_VALID_DATA = 0x92;
    /** Data are valid, the buffer overflowed and lost others. */
    public static final int BUFFER_OVERFLOW = 0x93;
    /** Data are valid and there are more. */
    public static final int MORE_DATA = 0x94;
    /** The tag itself refused; its error byte follows. */
    public static final int TAG_ERROR = 0x95;

    /** Transponder type of ISO/IEC 15693 in an inventory. */
    public static final int ISO_15693 = 0x03;

    private FeigCommand() {}
}

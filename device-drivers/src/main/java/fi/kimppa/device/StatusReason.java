package fi.kimppa.device;

/**
 * Why a device is not simply ready. The names go to staff pages and metrics as they are; texts for people are
 * made where they are shown.
 */
public enum StatusReason {
    /** Paper is near its end; printing still works. */
    PAPER_LOW(false),
    /** No paper: nothing can be printed. */
    PAPER_OUT(true),
    /** The cover stands open: nothing can be printed. */
    COVER_OPEN(true),
    /** The cutter is stuck. */
    CUTTER(true),
    /** The print head is too hot; it recovers by itself. */
    OVERHEATED(true),
    /** The device says that it will not work again before it is switched off and on, or repaired. */
    UNRECOVERABLE(true),
    /** The device says that it was put off line, and gives no other reason. */
    OFF_LINE(true),
    /** A paper that nobody took is in the printer's output; printing still works. */
    TICKET_LEFT(false),
    /** The device says that it is faulty, and does not say more. */
    DEVICE_ERROR(true),
    /** The pad refuses host commands because it is in scan or buffered-read mode (FEIG status 82). */
    WRONG_MODE(true),
    /** Not yet tried since the program started. */
    CONNECTING(true),
    /** Nothing listens at the address, or the serial port does not exist or cannot be opened. */
    UNREACHABLE(true),
    /** The system does not let the program open the serial port or the file of the device. */
    ACCESS_DENIED(true),
    /** It was connected and the other end went away. */
    UNPLUGGED(true),
    /** The link stands, but the device does not answer in time. */
    NO_ANSWER(true),
    /** The link stands, but what arrives is not the device's protocol. */
    NONSENSE(true),
    /** What answers there is another device than the one that this role was given to. */
    OTHER_DEVICE(true),
    /** The program closed the device. */
    CLOSED(true);

    private final boolean blocking;

    StatusReason(boolean blocking) {
        this.blocking = blocking;
    }

    /** Whether the device cannot do its work while this holds. */
    public boolean blocking() {
        return blocking;
    }
}

package fi.kimppa.device.link;

import fi.kimppa.device.StatusReason;
import java.util.Optional;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jnasmartcardio.Smartcardio.JnaPCSCException;

/** What the error codes of PC/SC (part 5; winscard.h) mean for a link: whose fault it is. */
final class PcscFault {
    private static final int INVALID_HANDLE = 0x80100003;
    private static final int UNKNOWN_READER = 0x80100009;
    private static final int SHARING_VIOLATION = 0x8010000B;
    private static final int READER_UNAVAILABLE = 0x80100017;
    private static final int NO_SERVICE = 0x8010001D;
    private static final int SERVICE_STOPPED = 0x8010001E;
    private static final int NO_READERS_AVAILABLE = 0x8010002E;

    private PcscFault() {}

    /**
     * Why the reader or its service can no longer be talked to.
     *
     * @return empty when it is the card that does not answer: lifted, dead, reset by another program, or of a kind that the reader
     *     cannot talk to. A service that has just ended may look so, too, and shows itself at the next question.
     */
    static Optional<StatusReason> ofReader(CardException e) {
        if (!(e instanceof JnaPCSCException fault) || e instanceof CardNotPresentException) {
            return Optional.empty();
        }
        return switch ((int) fault.code) {
            case UNKNOWN_READER, READER_UNAVAILABLE, NO_READERS_AVAILABLE, INVALID_HANDLE ->
                Optional.of(StatusReason.UNPLUGGED);
            case NO_SERVICE, SERVICE_STOPPED -> Optional.of(StatusReason.UNREACHABLE);
            case SHARING_VIOLATION -> Optional.of(StatusReason.DEVICE_ERROR);
            default -> Optional.empty();
        };
    }
}

package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import java.util.List;
import java.util.Optional;

/**
 * The short code in the corner, for staff and for whoever helps on the telephone: K and three digits, explained in
 * {@code docs/reference/kiosk-codes.md}. The first digit tells what: 1 pad, 2 printer, 3 scanner, 4 line, 5 the kiosk itself.
 */
public final class FaultCode {
    /** The library cannot be asked. */
    public static final String NO_LINE = "K-401";

    /** The gateway does not accept the login. */
    public static final String LOGIN_REFUSED = "K-402";

    /** The gateway is for trying out and the kiosk is not, or the other way round. */
    public static final String OTHER_WORLD = "K-403";

    /** It has just been switched on. */
    public static final String STARTING = "K-501";

    /** Staff have taken it out of service. */
    public static final String CLOSED = "K-502";

    /** Clock and library disagree by more than a minute. */
    public static final String CLOCK_WRONG = "K-503";

    private static final List<DeviceKind> DEVICES = List.of(DeviceKind.PAD, DeviceKind.SCANNER, DeviceKind.PRINTER);

    private FaultCode() {}

    /** The code of what matters most now; empty when nothing is amiss. */
    public static Optional<String> of(KioskState state) {
        Surroundings around = state.around();
        if (state instanceof KioskState.OutOfService out) {
            return switch (out.cause()) {
                case STAFF -> Optional.of(CLOSED);
                case LOGIN_REFUSED -> Optional.of(LOGIN_REFUSED);
                case OTHER_WORLD -> Optional.of(OTHER_WORLD);
                case STARTING -> Optional.of(STARTING);
                case NO_DEVICES -> device(around, true);
            };
        }
        return device(around, true)
                .or(() -> around.line() == Surroundings.Line.DOWN ? Optional.of(NO_LINE) : Optional.empty())
                .or(() -> around.machine().clockWrong() ? Optional.of(CLOCK_WRONG) : Optional.empty())
                .or(() -> device(around, false));
    }

    private static Optional<String> device(Surroundings around, boolean blocking) {
        return DEVICES.stream()
                .flatMap(
                        kind -> around
                                .why(kind)
                                .filter(reason -> reason.blocking() == blocking)
                                .map(reason -> of(kind, reason))
                                .stream())
                .findFirst();
    }

    /** The code of a device that complains. */
    public static String of(DeviceKind kind, StatusReason reason) {
        int hundreds = switch (kind) {
            case PAD -> 1;
            case PRINTER -> 2;
            case SCANNER -> 3;
            case CARD -> 6;
            case DOOR -> 7;
            case KEYPAD -> 8;
        };
        return "K-" + (100 * hundreds + number(reason));
    }

    /** Numbers are never used again for another reason: they are spoken on the telephone and stand in notes. */
    private static int number(StatusReason reason) {
        return switch (reason) {
            case PAPER_LOW -> 1;
            case PAPER_OUT -> 2;
            case COVER_OPEN -> 3;
            case CUTTER -> 4;
            case OVERHEATED -> 5;
            case UNRECOVERABLE -> 6;
            case OFF_LINE -> 7;
            case TICKET_LEFT -> 8;
            case DEVICE_ERROR -> 9;
            case WRONG_MODE -> 10;
            case CONNECTING -> 11;
            case UNREACHABLE -> 12;
            case ACCESS_DENIED -> 13;
            case UNPLUGGED -> 14;
            case NO_ANSWER -> 15;
            case NONSENSE -> 16;
            case OTHER_DEVICE -> 17;
            case CLOSED -> 18;
        };
    }
}

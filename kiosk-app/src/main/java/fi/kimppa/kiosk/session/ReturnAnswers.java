package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import java.util.Optional;

/** What the library's answers say of a thing that has come back: where it goes, and with which slip. Pure. */
final class ReturnAnswers {
    private ReturnAnswers() {}

    /**
     * Where a thing goes that the library has taken.
     *
     * @param incomplete whether parts of it are missing
     */
    static Destination destination(Surroundings around, boolean incomplete, CheckinResponse answer) {
        if (incomplete) {
            return new Destination(Kind.STAFF, around.settings().staffBin(), "");
        }
        String bin = bin(around, answer);
        String code = answer.destinationLocation().map(String::strip).orElse("");
        String library = around.settings().nameOf(code);
        boolean elsewhere =
                !code.isEmpty() && !code.equalsIgnoreCase(around.settings().branch());
        Optional<AlertType> alert = answer.alertType();
        if (alert.isEmpty() || alert.get() == AlertType.UNKNOWN) {
            return elsewhere ? new Destination(Kind.TRANSFER, bin, library) : new Destination(stays(answer), bin, "");
        }
        return switch (alert.get()) {
            case HOLD_HERE -> new Destination(Kind.HOLD_HERE, bin, "");
            case HOLD_ELSEWHERE, HOLD_ILL -> new Destination(Kind.HOLD_ELSEWHERE, bin, library);
            case SEND_ELSEWHERE -> new Destination(Kind.TRANSFER, bin, library);
            case OTHER, UNKNOWN -> new Destination(Kind.STAFF, bin, "");
        };
    }

    /** A library that takes nothing back that was not on loan has nothing else against it. */
    private static Kind stays(CheckinResponse answer) {
        if (NotOnLoan.in(answer)) {
            return Kind.NOT_ON_LOAN;
        }
        return answer.alert() ? Kind.STAFF : Kind.STAYS;
    }

    /** The bin that the library names, or the one for what staff look at. */
    static String bin(Surroundings around, CheckinResponse answer) {
        return answer.sortBin()
                .map(String::strip)
                .filter(bin -> !bin.isEmpty())
                .orElse(around.settings().staffBin());
    }

    /** Into another bin while its own is full; into none, and to the desk, where there is no other. */
    static Destination withRoom(Surroundings around, Destination wanted) {
        Upkeep upkeep = around.machine().upkeep();
        if (!upkeep.full(wanted.bin())) {
            return wanted;
        }
        String other = around.settings().otherBins().getOrDefault(wanted.bin(), "");
        return new Destination(wanted.kind(), upkeep.full(other) ? "" : other, wanted.library());
    }

    /** The slip for the bin, if there is one to print. DA may go on it only as an alias; CY never. */
    static Optional<Printout> slip(
            Surroundings around, ReturnRow row, Destination destination, CheckinResponse answer) {
        return switch (destination.kind()) {
            case HOLD_HERE, HOLD_ELSEWHERE -> {
                boolean here = destination.kind() == Kind.HOLD_HERE;
                yield Optional.of(new Printout.HoldSlip(
                        around.now(),
                        destination.bin(),
                        around.settings().kimppaGateway()
                                ? answer.holdPatronName().orElse("")
                                : "",
                        row.name(),
                        row.identifier(),
                        here ? around.settings().libraryName() : destination.library(),
                        here));
            }
            case TRANSFER ->
                Optional.of(new Printout.TransferSlip(
                        around.now(), destination.bin(), destination.library(), row.name(), row.identifier()));
            case STAYS, NOT_ON_LOAN, STAFF, LATER -> Optional.empty();
        };
    }
}

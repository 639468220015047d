package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.SortSituation;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose a thing is by its tag, and where a returned item goes next: lookups over the consortium. */
@Component
class Router {
    /** How our kiosks name the owner on an item's tag, in CH, to a Kimppa gateway only. */
    private static final String OWNER = "owner=";

    private final Consortium consortium;

    Router(Consortium consortium) {
        this.consortium = consortium;
    }

    /** The ISIL that the item's tag names as its owner. */
    static Optional<String> ownerOnTag(Optional<String> itemProperties) {
        return itemProperties.stream()
                .flatMap(properties -> Arrays.stream(properties.split("[;,\\s]+")))
                .filter(property -> property.startsWith(OWNER))
                .map(property -> property.substring(OWNER.length()))
                .filter(isil -> !isil.isEmpty())
                .findFirst();
    }

    /** Whether the tag says that the item belongs to a library outside the consortium. */
    boolean foreign(Optional<String> itemProperties) {
        return ownerOnTag(itemProperties)
                .filter(isil -> consortium.branchWithIsil(isil).isEmpty())
                .isPresent();
    }

    /** The branch where a return happened: AP where it names one, else the terminal's own. */
    String branchOf(String currentLocation, Terminal terminal) {
        return consortium.branch(currentLocation).map(Branch::code).orElse(terminal.branchCode());
    }

    /**
     * Completes a 10: the destination where the backend left it to us (Koha-Suomi names none for a plain transfer),
     * and the bin. Drops who had it and whose hold it is: no machine needs to know.
     *
     * @param branch where it came back
     * @param travels whether it may be sent home; an item whose loan was undone stays where it lay
     */
    CheckinResponse onward(CheckinResponse answer, String branch, boolean travels) {
        Optional<AlertType> alert = answer.alertType();
        Optional<String> destination = answer.destinationLocation().filter(code -> !code.isBlank());
        String home = answer.permanentLocation();
        if (travels
                && answer.ok()
                && alert.isEmpty()
                && destination.isEmpty()
                && !home.isBlank()
                && !home.equals(branch)) {
            alert = Optional.of(AlertType.SEND_ELSEWHERE);
            destination = Optional.of(home);
        }
        SortSituation situation = situation(answer.ok(), alert);
        String bin = answer.sortBin()
                .filter(given -> !given.isBlank())
                .orElseGet(() -> consortium.sortBin(branch, situation));
        return new CheckinResponse(
                answer.ok(),
                answer.resensitize(),
                answer.magneticMedia(),
                answer.alert() || alert.isPresent(),
                answer.transactionDate(),
                answer.institutionId(),
                answer.itemIdentifier(),
                home,
                answer.titleIdentifier(),
                Optional.of(bin),
                Optional.empty(),
                answer.mediaType(),
                answer.itemProperties(),
                answer.collectionCode(),
                answer.callNumber(),
                destination,
                alert,
                Optional.empty(),
                answer.holdPatronName(),
                answer.screenMessages(),
                answer.printLines(),
                answer.extras());
    }

    /** The bin for what was taken back while nobody could say where it belongs. */
    String unprocessedBin(String branch) {
        return consortium.sortBin(branch, SortSituation.UNPROCESSED);
    }

    private static SortSituation situation(boolean ok, Optional<AlertType> alert) {
        if (!ok) {
            return SortSituation.STAFF;
        }
        return alert.map(type -> switch (type) {
                    case HOLD_HERE -> SortSituation.HOLD_HERE;
                    case HOLD_ELSEWHERE, HOLD_ILL, SEND_ELSEWHERE -> SortSituation.TRANSPORT;
                    case UNKNOWN, OTHER -> SortSituation.STAFF;
                })
                .orElse(SortSituation.STAYS_HERE);
    }
}

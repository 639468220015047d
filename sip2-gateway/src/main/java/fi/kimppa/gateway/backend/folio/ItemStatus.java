package fi.kimppa.gateway.backend.folio;

import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CirculationStatus;
import java.util.Arrays;
import java.util.Optional;

/** The states of an item (mod-inventory-storage) and what SIP2 makes of them. */
enum ItemStatus {
    AVAILABLE("Available", CirculationStatus.AVAILABLE),
    CHECKED_OUT("Checked out", CirculationStatus.CHARGED),
    AWAITING_PICKUP("Awaiting pickup", CirculationStatus.WAITING_ON_HOLD_SHELF),
    AWAITING_DELIVERY("Awaiting delivery", CirculationStatus.WAITING_ON_HOLD_SHELF),
    IN_TRANSIT("In transit", CirculationStatus.IN_TRANSIT),
    ON_ORDER("On order", CirculationStatus.ON_ORDER),
    IN_PROCESS("In process", CirculationStatus.IN_PROCESS),
    IN_PROCESS_NON_REQUESTABLE("In process (non-requestable)", CirculationStatus.IN_PROCESS),
    CLAIMED_RETURNED("Claimed returned", CirculationStatus.CLAIMED_RETURNED),
    DECLARED_LOST("Declared lost", CirculationStatus.LOST),
    AGED_TO_LOST("Aged to lost", CirculationStatus.LOST),
    LOST_AND_PAID("Lost and paid", CirculationStatus.LOST),
    MISSING("Missing", CirculationStatus.MISSING),
    LONG_MISSING("Long missing", CirculationStatus.MISSING),
    PAGED("Paged", CirculationStatus.OTHER),
    /** Restricted, withdrawn, intellectual and whatever a later release adds. */
    OTHER("", CirculationStatus.OTHER);

    private final String word;
    private final CirculationStatus circulation;

    ItemStatus(String word, CirculationStatus circulation) {
        this.word = word;
        this.circulation = circulation;
    }

    /** The state that FOLIO calls so. */
    static ItemStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equalsIgnoreCase(word))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Circulation status of an 18. An open loan outweighs a state that says nothing of it: FOLIO writes loan and item one
     * after the other.
     */
    CirculationStatus circulation(boolean lent) {
        return switch (this) {
            case CLAIMED_RETURNED, DECLARED_LOST, AGED_TO_LOST, LOST_AND_PAID -> circulation;
            default -> lent ? CirculationStatus.CHARGED : circulation;
        };
    }

    /**
     * CV of a 10, by the state that a return has left the item in; whatever kind of request caught it.
     *
     * @param held whether it is on its way to somebody who asked for it
     */
    Optional<AlertType> alert(boolean held) {
        return switch (this) {
            case AWAITING_PICKUP, AWAITING_DELIVERY -> Optional.of(AlertType.HOLD_HERE);
            case IN_TRANSIT -> Optional.of(held ? AlertType.HOLD_ELSEWHERE : AlertType.SEND_ELSEWHERE);
            default -> Optional.empty();
        };
    }
}

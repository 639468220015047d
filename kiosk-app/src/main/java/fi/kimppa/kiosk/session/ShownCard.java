package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.PadTag;
import java.util.Optional;

/** What an event shows in the place of a card: a patron's, one of staff, or nothing that is taken for either. Pure. */
final class ShownCard {
    private ShownCard() {}

    /** The card that an event shows: scanned, or a patron card's tag on the pad. */
    static Optional<CardNumber> patron(Surroundings around, KioskEvent event) {
        return read(event).flatMap(around.settings().cards()::patron);
    }

    /** The staff card that an event shows. */
    static Optional<StaffCard> staff(Surroundings around, KioskEvent event) {
        return read(event).flatMap(around.settings().cards()::staff);
    }

    /** Why what an event shows in place of a library card is none. What is scanned may be a thing's, where nobody asks for a card. */
    static Optional<NotTaken.Reason> notTaken(Surroundings around, KioskEvent event) {
        return event instanceof KioskEvent.Scanned
                ? Optional.of(NotTaken.Reason.NO_CARD)
                        .filter(_ -> patron(around, event).isEmpty())
                : cardNotTaken(around, event);
    }

    /** The same of what can be nothing but a card. */
    static Optional<NotTaken.Reason> cardNotTaken(Surroundings around, KioskEvent event) {
        boolean lifted = event instanceof KioskEvent.CardHeld(Optional<String> _, boolean early) && early;
        boolean card = event instanceof KioskEvent.CardHeld || read(event).isPresent();
        return card
                        && !(event instanceof KioskEvent.Scanned)
                        && patron(around, event).isEmpty()
                ? Optional.of(lifted ? NotTaken.Reason.LIFTED : NotTaken.Reason.NO_CARD)
                : Optional.empty();
    }

    /** What was read that may be a card's number. */
    private static Optional<String> read(KioskEvent event) {
        return switch (event) {
            case KioskEvent.Scanned(String scanned) -> Optional.of(scanned);
            case KioskEvent.CardHeld(Optional<String> number, boolean _) -> number;
            case KioskEvent.TagArrived(PadTag tag) -> Pile.card(tag);
            default -> Optional.empty();
        };
    }
}

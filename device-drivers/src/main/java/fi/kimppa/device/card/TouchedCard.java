package fi.kimppa.device.card;

import java.util.Optional;

/** What a contactless card that was held to a reader turned out to be. */
public sealed interface TouchedCard {
    /**
     * A card that may stand for a patron.
     *
     * @param uid of the chip, upper-case hexadecimal, in the order in which the reader gives the bytes; 4 to 10 bytes
     * @param number the card number from the library's sector, where the reader is set to read it
     */
    record Known(String uid, Optional<String> number) implements TouchedCard {
        /** Hides both, because both tell who it is. */
        @Override
        public String toString() {
            return "Known[UID of " + uid.length() / 2 + " bytes" + (number.isPresent() ? ", number]" : "]");
        }
    }

    /** A card that stands for nobody. */
    record Refused(Reason reason) implements TouchedCard {}

    /** Why. */
    enum Reason {
        /** A telephone or a privacy card: another UID at each touch (ISO/IEC 14443-3: 4 bytes, the first 08). */
        RANDOM_UID,
        /** It has no UID to tell: a card with contacts. */
        NO_UID,
        /** None of the library's keys opens its sector. */
        NO_KEY_FITS,
        /** The sector holds no patron card. */
        NOT_A_LIBRARY_CARD,
        /** It was taken away before it was read; it should be held still. */
        LIFTED
    }
}

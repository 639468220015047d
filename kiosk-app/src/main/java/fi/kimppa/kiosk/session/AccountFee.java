package fi.kimppa.kiosk.session;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of what a patron owes. Nothing that staff wrote has a place in it.
 *
 * @param kind what for
 * @param title of the thing, if it is about one
 * @param open what is left to pay
 * @param made when it arose
 */
public record AccountFee(Kind kind, Optional<String> title, Money open, Optional<LocalDate> made) {
    /** Fee types of SIP2 (BT) that a patron can tell apart. */
    public enum Kind {
        /** 04. */
        OVERDUE,
        /** 06. */
        RENTAL,
        /** 03. */
        DAMAGE,
        /** 07. */
        LOST,
        /** 09. */
        HOLD,
        /** All else. */
        OTHER;

        static Kind of(String feeType) {
            return switch (feeType.strip()) {
                case "03" -> DAMAGE;
                case "04" -> OVERDUE;
                case "06" -> RENTAL;
                case "07" -> LOST;
                case "09" -> HOLD;
                default -> OTHER;
            };
        }
    }
}

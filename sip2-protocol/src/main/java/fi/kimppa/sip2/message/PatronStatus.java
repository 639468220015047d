package fi.kimppa.sip2.message;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The 14 positions of patron status (SIP2 2.00, "Patron status"): what a patron is denied, or what is wrong.
 *
 * @param flags the positions that are Y
 */
public record PatronStatus(Set<Flag> flags) {
    /** Nothing denied. */
    public static final PatronStatus CLEAR = new PatronStatus(Set.of());

    /** What a server says of a card it does not know: charging, renewal, recall and hold denied. */
    public static final PatronStatus UNKNOWN_CARD = new PatronStatus(Set.of(
            Flag.CHARGE_PRIVILEGES_DENIED,
            Flag.RENEWAL_PRIVILEGES_DENIED,
            Flag.RECALL_PRIVILEGES_DENIED,
            Flag.HOLD_PRIVILEGES_DENIED));

    /** Takes a copy. */
    public PatronStatus {
        flags = Set.copyOf(flags);
    }

    /** The positions in wire order. */
    public enum Flag {
        CHARGE_PRIVILEGES_DENIED,
        RENEWAL_PRIVILEGES_DENIED,
        RECALL_PRIVILEGES_DENIED,
        HOLD_PRIVILEGES_DENIED,
        CARD_REPORTED_LOST,
        TOO_MANY_ITEMS_CHARGED,
        TOO_MANY_ITEMS_OVERDUE,
        TOO_MANY_RENEWALS,
        TOO_MANY_CLAIMS_OF_ITEMS_RETURNED,
        TOO_MANY_ITEMS_LOST,
        EXCESSIVE_OUTSTANDING_FINES,
        EXCESSIVE_OUTSTANDING_FEES,
        RECALL_OVERDUE,
        TOO_MANY_ITEMS_BILLED
    }

    /** Reads 14 positions; anything but Y or y counts as blank. */
    public static PatronStatus parse(String wire) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        Flag[] positions = Flag.values();
        for (int i = 0; i < positions.length && i < wire.length(); i++) {
            if ((wire.charAt(i) | 0x20) == 'y') {
                flags.add(positions[i]);
            }
        }
        return new PatronStatus(flags);
    }

    /** Whether this position is Y. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** The 14 characters on the wire. */
    public String wire() {
        return EnumSet.allOf(Flag.class).stream()
                .map(flag -> flags.contains(flag) ? "Y" : " ")
                .collect(Collectors.joining());
    }
}

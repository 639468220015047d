package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import java.util.Locale;
import java.util.Optional;

/**
 * The lists of items that a 64 can carry, in the order of the positions of summary (SIP2 2.00, "Summary"), each
 * with the field of its entries and its count.
 */
public enum ItemList {
    HOLD(Field.AS, FixedField.HOLD_ITEMS_COUNT),
    OVERDUE(Field.AT, FixedField.OVERDUE_ITEMS_COUNT),
    CHARGED(Field.AU, FixedField.CHARGED_ITEMS_COUNT),
    FINE(Field.AV, FixedField.FINE_ITEMS_COUNT),
    RECALL(Field.BU, FixedField.RECALL_ITEMS_COUNT),
    UNAVAILABLE_HOLDS(Field.CD, FixedField.UNAVAILABLE_HOLDS_COUNT);

    private final Field entries;
    private final FixedField count;

    ItemList(Field entries, FixedField count) {
        this.entries = entries;
        this.count = count;
    }

    /** The repeated field that holds one entry. */
    public Field entries() {
        return entries;
    }

    /** The fixed field of 64 that holds the count. */
    public FixedField count() {
        return count;
    }

    /**
     * Whether an entry is this title. Evergreen lists titles instead of item numbers unless it is told otherwise (evergreen :
     * OpenILS/Application/SIP2/Patron.pm, {@code msg64_summary_datatype}). Case, blanks and punctuation at the end are nothing.
     */
    public static boolean isTitle(String entry, String title) {
        String bare = bare(title);
        return !bare.isEmpty() && bare.equals(bare(entry));
    }

    private static String bare(String text) {
        return text.strip()
                .replaceAll("[\\s/:;,.]+$", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The list that a 63 asks for: the first Y of its summary. */
    static Optional<ItemList> ofSummary(String summary) {
        ItemList[] positions = values();
        for (int i = 0; i < positions.length; i++) {
            if ((summary.charAt(i) | 0x20) == 'y') {
                return Optional.of(positions[i]);
            }
        }
        return Optional.empty();
    }

    /** The summary that asks for this list, or for counts alone. */
    public static String summary(Optional<ItemList> wanted) {
        StringBuilder summary = new StringBuilder();
        for (ItemList list : values()) {
            summary.append(wanted.equals(Optional.of(list)) ? 'Y' : ' ');
        }
        return summary.append("    ").toString();
    }
}

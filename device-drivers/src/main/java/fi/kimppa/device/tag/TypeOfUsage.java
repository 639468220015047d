package fi.kimppa.device.tag;

/**
 * What an item is for (ISO 28560-1, "type of usage").
 *
 * @param code 00 to FF; the high nibble is the category, the low nibble its qualifier, which the fixed model cannot store
 *     and reads as 0
 */
public record TypeOfUsage(int code) {
    /** An ordinary item for circulation. */
    public static final TypeOfUsage CIRCULATION_ITEM = new TypeOfUsage(0x10);
    /** A patron's card. */
    public static final TypeOfUsage PATRON = new TypeOfUsage(0x80);
    /** The tag does not tell. */
    public static final TypeOfUsage NO_INFORMATION = new TypeOfUsage(0x60);

    public TypeOfUsage {
        if (code < 0 || code > 0xFF) {
            throw new IllegalArgumentException("Expected a type of usage from 0 to 255, found " + code);
        }
    }

    /** The sixteen categories; several numbers are free for the library or for later. */
    public enum Category {
        /** Not yet in circulation (0). */
        ACQUISITION,
        /** May be lent (1). */
        CIRCULATION,
        /** May not be lent (2). */
        NOT_FOR_CIRCULATION,
        /** The library decides (3 and 4). */
        LOCAL,
        /** For later (5, A to F). */
        RESERVED,
        /** Not told on the tag (6). */
        NO_INFORMATION,
        /** No longer the library's (7). */
        DISCARDED,
        /** A patron's card (8). */
        PATRON_CARD,
        /** Equipment that is lent (9). */
        LIBRARY_EQUIPMENT
    }

    /** The category of the high nibble. */
    public Category category() {
        return switch (code >> 4) {
            case 0 -> Category.ACQUISITION;
            case 1 -> Category.CIRCULATION;
            case 2 -> Category.NOT_FOR_CIRCULATION;
            case 3, 4 -> Category.LOCAL;
            case 6 -> Category.NO_INFORMATION;
            case 7 -> Category.DISCARDED;
            case 8 -> Category.PATRON_CARD;
            case 9 -> Category.LIBRARY_EQUIPMENT;
            default -> Category.RESERVED;
        };
    }

    /** The low nibble, 0 to 15. */
    public int qualifier() {
        return code & 0x0F;
    }

    /** Whether the tag forbids lending while the library system is away (qualifiers 3 and 5 of circulation). */
    public boolean forbidsOfflineIssue() {
        return category() == Category.CIRCULATION && (qualifier() == 3 || qualifier() == 5);
    }

    /** Whether the tag forbids returning while the library system is away (qualifiers 4 and 5 of circulation). */
    public boolean forbidsOfflineReturn() {
        return category() == Category.CIRCULATION && (qualifier() == 4 || qualifier() == 5);
    }
}

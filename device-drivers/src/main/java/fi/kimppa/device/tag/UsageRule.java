package fi.kimppa.device.tag;

/**
 * Which things a kiosk lends, by the type of usage on their tags. Pure.
 *
 * @param acquisition whether it lends what is not yet in circulation
 * @param noInformation whether it lends what does not say its type of usage
 */
public record UsageRule(boolean acquisition, boolean noInformation) {
    /** What the tag allows; the library system may still refuse. */
    public enum Verdict {
        /** Ask the library system. */
        ALLOWED,
        /** No item: a patron's card. */
        PATRON_CARD,
        /** Not for the kiosk: staff. */
        STAFF,
        /** Only while the library system answers. */
        NOT_OFFLINE
    }

    /**
     * Whether the kiosk may lend it.
     *
     * @param offline whether the library system is away
     */
    public Verdict lend(ItemTag item, boolean offline) {
        TypeOfUsage usage = item.usage().orElse(TypeOfUsage.NO_INFORMATION);
        return switch (usage.category()) {
            case CIRCULATION -> offline && usage.forbidsOfflineIssue() ? Verdict.NOT_OFFLINE : Verdict.ALLOWED;
            case ACQUISITION -> acquisition ? Verdict.ALLOWED : Verdict.STAFF;
            case NO_INFORMATION -> noInformation ? Verdict.ALLOWED : Verdict.STAFF;
            case PATRON_CARD -> Verdict.PATRON_CARD;
            case NOT_FOR_CIRCULATION, LOCAL, RESERVED, DISCARDED, LIBRARY_EQUIPMENT -> Verdict.STAFF;
        };
    }

    /**
     * Whether the kiosk may take it back: whatever is no card, for what stands at the pad has left the library.
     *
     * @param offline whether the library system is away
     */
    public Verdict takeBack(ItemTag item, boolean offline) {
        if (item.isPatronCard()) {
            return Verdict.PATRON_CARD;
        }
        return offline && item.usage().map(TypeOfUsage::forbidsOfflineReturn).orElse(false)
                ? Verdict.NOT_OFFLINE
                : Verdict.ALLOWED;
    }
}

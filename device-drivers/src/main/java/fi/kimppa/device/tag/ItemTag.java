package fi.kimppa.device.tag;

import java.util.Optional;

/**
 * What a library tag says about its item.
 *
 * @param identifier the primary item identifier exactly as stored, spelling and leading zeros kept; never blank
 * @param owner the ISIL of the owner institution, for example {@code FI-Turku}
 * @param totalParts parts in the set, 1 for a single item, at most 255
 * @param ordinal which part this is, 1 to 255; a single item stored with ordinal 0 reads as 1
 * @param usage type of usage, if stored
 * @param model how it is stored
 * @param extras what else is stored
 */
public record ItemTag(
        String identifier,
        Optional<String> owner,
        int totalParts,
        int ordinal,
        Optional<TypeOfUsage> usage,
        TagModel model,
        Extras extras) {
    public ItemTag {
        if (identifier.isBlank()) {
            throw new IllegalArgumentException("An item tag needs a primary item identifier");
        }
        if (owner.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("Expected an ISIL or no owner");
        }
        if (totalParts < 1 || totalParts > 255 || ordinal < 1 || ordinal > 255) {
            throw new IllegalArgumentException("Expected parts from 1 to 255, found " + ordinal + " of " + totalParts);
        }
    }

    /** A tag that stores nothing else. */
    public ItemTag(
            String identifier,
            Optional<String> owner,
            int totalParts,
            int ordinal,
            Optional<TypeOfUsage> usage,
            TagModel model) {
        this(identifier, owner, totalParts, ordinal, usage, model, Extras.NONE);
    }

    /** A single circulating item. */
    public static ItemTag single(String identifier, String owner, TagModel model) {
        return new ItemTag(identifier, Optional.of(owner), 1, 1, Optional.of(TypeOfUsage.CIRCULATION_ITEM), model);
    }

    /** Part {@code newOrdinal} of a set of {@code newTotal}, otherwise the same. */
    public ItemTag part(int newOrdinal, int newTotal) {
        return new ItemTag(identifier, owner, newTotal, newOrdinal, usage, model, extras);
    }

    /** The same with other extras. */
    public ItemTag with(Extras other) {
        return new ItemTag(identifier, owner, totalParts, ordinal, usage, model, other);
    }

    /** Whether it is a patron's card and no item. */
    public boolean isPatronCard() {
        return usage.map(type -> type.category() == TypeOfUsage.Category.PATRON_CARD)
                .orElse(false);
    }

    /** Hides the number of a patron's card. */
    @Override
    public String toString() {
        return "ItemTag[" + (isPatronCard() ? "***" : identifier) + ", "
                + owner.orElse("no owner") + ", " + ordinal + " of " + totalParts + ", "
                + usage.map(type -> type.category().name()).orElse("no usage") + ", " + model + ", " + extras + "]";
    }
}

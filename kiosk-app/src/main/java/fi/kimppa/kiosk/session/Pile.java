package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagSet;
import fi.kimppa.device.tag.TypeOfUsage;
import fi.kimppa.device.tag.UsageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies on the pad, as items: parts of a set together; patron cards, and what this visit is done with, left out. */
final class Pile {
    private Pile() {}

    /**
     * One item on the pad.
     *
     * @param item empty when the tag cannot be read
     * @param tags its tags, parts in order
     */
    record Thing(Optional<ItemKey> item, List<Uid> tags, Condition condition, boolean notOffline) {}

    /** Whether a transaction may begin. */
    sealed interface Condition {
        record Whole() implements Condition {}

        record Incomplete(int found, int total) implements Condition {}

        record Unreadable() implements Condition {}

        record Foreign() implements Condition {}

        /** For use in the library only, by its tag. */
        record Reference() implements Condition {}

        /** Not for this kiosk to lend, by its tag; it may come back. */
        record NotLent() implements Condition {}

        /** A part twice, or parts that contradict each other. */
        record ForStaff() implements Condition {}
    }

    /** The library card that lies on the pad, if one does. */
    static Optional<String> card(PadTag tag) {
        return tag.item().filter(ItemTag::isPatronCard).map(ItemTag::identifier);
    }

    static List<Thing> of(Surroundings around) {
        List<Thing> things = new ArrayList<>();
        List<PadTag> items = new ArrayList<>();
        for (PadTag tag : around.tags().values()) {
            if (around.stay().dealtWith().contains(tag.uid())) {
                continue;
            }
            if (tag.item().isEmpty()) {
                things.add(new Thing(Optional.empty(), List.of(tag.uid()), new Condition.Unreadable(), false));
            } else if (card(tag).isEmpty()) {
                items.add(tag);
            }
        }
        for (TagSet<PadTag> set : TagSet.group(items, tag -> tag.item().orElseThrow())) {
            List<Uid> uids = set.members().stream().map(PadTag::uid).toList();
            things.add(new Thing(
                    Optional.of(new ItemKey(set.owner(), set.identifier())),
                    uids,
                    condition(set, around.settings()),
                    set.members().stream()
                            .flatMap(tag -> tag.item().flatMap(ItemTag::usage).stream())
                            .anyMatch(TypeOfUsage::forbidsOfflineReturn)));
        }
        return things;
    }

    private static Condition condition(TagSet<PadTag> set, KioskSettings settings) {
        boolean ours = settings.owners().isEmpty()
                || set.owner()
                        .map(isil -> settings.owners().stream().anyMatch(isil::equalsIgnoreCase))
                        .orElse(true);
        if (!ours) {
            return new Condition.Foreign();
        }
        ItemTag first = set.members().getFirst().item().orElseThrow();
        // What its tag forbids off line only is for who lends off line to look at.
        if (settings.usage().lend(first, false) == UsageRule.Verdict.STAFF) {
            boolean reference = first.usage()
                    .map(usage -> usage.category() == TypeOfUsage.Category.NOT_FOR_CIRCULATION)
                    .orElse(false);
            return reference ? new Condition.Reference() : new Condition.NotLent();
        }
        return switch (set.completeness()) {
            case TagSet.Complete() -> new Condition.Whole();
            case TagSet.Incomplete(int found, List<Integer> _) -> new Condition.Incomplete(found, set.totalParts());
            case TagSet.Duplicate _, TagSet.Inconsistent _ -> new Condition.ForStaff();
        };
    }
}

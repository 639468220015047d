package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagSet.Complete;
import fi.kimppa.device.tag.TagSet.Completeness;
import fi.kimppa.device.tag.TagSet.Duplicate;
import fi.kimppa.device.tag.TagSet.Incomplete;
import fi.kimppa.device.tag.TagSet.Inconsistent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How tags become sets. */
final class TagSets {
    private TagSets() {}

    /** Numbers and ISILs are the same whatever their case; they are shown as they were read. */
    private record Key(Optional<String> owner, String identifier) {
        static Key of(ItemTag item) {
            return new Key(
                    item.owner().map(isil -> isil.toUpperCase(Locale.ROOT)),
                    item.identifier().toUpperCase(Locale.ROOT));
        }
    }

    static <T> List<TagSet<T>> group(List<T> carriers, Function<T, ItemTag> tag) {
        Map<Key, List<T>> groups = new LinkedHashMap<>();
        for (T carrier : carriers) {
            ItemTag item = tag.apply(carrier);
            groups.computeIfAbsent(Key.of(item), _ -> new ArrayList<>()).add(carrier);
        }
        List<TagSet<T>> sets = new ArrayList<>();
        groups.values().forEach(members -> {
            List<T> ordered = members.stream()
                    .sorted(Comparator.comparingInt(
                            carrier -> tag.apply(carrier).ordinal()))
                    .toList();
            List<ItemTag> items = ordered.stream().map(tag).toList();
            int total = items.stream().mapToInt(ItemTag::totalParts).max().orElseThrow();
            ItemTag first = items.getFirst();
            sets.add(new TagSet<>(first.owner(), first.identifier(), total, ordered, completeness(items, total)));
        });
        return sets;
    }

    /** The rules of precedence: disagreement first, then a part seen twice, then a part not seen. */
    private static Completeness completeness(List<ItemTag> items, int total) {
        var seen = new TreeSet<Integer>();
        var twice = new TreeSet<Integer>();
        for (ItemTag item : items) {
            if (item.totalParts() != total || item.ordinal() > total) {
                return new Inconsistent();
            }
            if (!seen.add(item.ordinal())) {
                twice.add(item.ordinal());
            }
        }
        if (!twice.isEmpty()) {
            return new Duplicate(twice.first());
        }
        if (seen.size() == total) {
            return new Complete();
        }
        return new Incomplete(
                seen.size(),
                IntStream.rangeClosed(1, total)
                        .filter(ordinal -> !seen.contains(ordinal))
                        .boxed()
                        .toList());
    }
}

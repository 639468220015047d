package fi.kimppa.device.tag;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tags of one item that lie together: a single item is a complete set of one.
 *
 * @param <T> whatever carries a tag, for example a tag on a pad
 * @param owner ISIL, if the tags name it
 * @param identifier primary item identifier that all members share, as the first has it; its case does not tell items apart
 * @param totalParts the largest number of parts that a member claims
 * @param members in order of their ordinals
 * @param completeness whether a transaction may begin
 */
public record TagSet<T>(
        Optional<String> owner, String identifier, int totalParts, List<T> members, Completeness completeness) {
    public TagSet {
        members = List.copyOf(members);
    }

    /** Whether all parts lie there, each once. Anything but {@link Complete} means: no transaction, no change of security. */
    public sealed interface Completeness {}

    /** Each ordinal from 1 to the total, each once. */
    public record Complete() implements Completeness {}

    /**
     * Some parts are missing.
     *
     * @param found how many are there
     * @param missing their ordinals, ascending
     */
    public record Incomplete(int found, List<Integer> missing) implements Completeness {
        public Incomplete {
            missing = List.copyOf(missing);
        }
    }

    /** Two tags claim to be the same part. */
    public record Duplicate(int ordinal) implements Completeness {}

    /** The members disagree about the number of parts, or one lies beyond it: a matter for staff. */
    public record Inconsistent() implements Completeness {}

    /** Whether all parts are there. */
    public boolean complete() {
        return completeness instanceof Complete;
    }

    /**
     * Groups tags by owner and identifier, never by the identifier alone; case does not count. Sets come in the order of their first tag.
     *
     * @param tag tells what a carrier's tag says
     */
    public static <T> List<TagSet<T>> group(List<T> carriers, Function<T, ItemTag> tag) {
        return TagSets.group(carriers, tag);
    }
}

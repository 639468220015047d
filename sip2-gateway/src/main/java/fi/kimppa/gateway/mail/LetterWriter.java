package fi.kimppa.gateway.mail;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says at the moment of sending what notices have to say; a feature that queues notices offers one as a bean. Threads: any.
 *
 * @param kinds whose notices it knows
 * @param write what is still to be said of notices of one kind to one patron; empty when nothing of them is true any more, or
 *     nobody can be told
 */
public record LetterWriter(Set<NoticeKind> kinds, Function<List<Notice>, Optional<Letter>> write) {
    /** Takes a copy of the set. */
    public LetterWriter {
        kinds = Set.copyOf(kinds);
    }
}

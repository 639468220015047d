package fi.kimppa.gateway.privacy;

import java.util.List;
import java.util.Map;

/** What one feature holds about a person, who is known by a card. A feature that holds something offers a bean. Threads: any. */
public interface PersonalData {
    /**
     * One record.
     *
     * @param kind what it is, such as {@code loan}; the end of the key of its name among the pages' texts
     * @param facts by name, in the order in which a person reads them; no secrets
     */
    record Held(String kind, Map<String, String> facts) {}

    /**
     * Why records were not erased.
     *
     * @param reason the end of the key of a sentence among the pages' texts
     * @param records how many
     */
    record Kept(String reason, int records) {}

    /**
     * What an erasure came to.
     *
     * @param erased how many records are gone or name nobody any more
     * @param kept what had to stay
     */
    record Erasure(int erased, List<Kept> kept) {
        /** Takes a copy of the list. */
        public Erasure {
            kept = List.copyOf(kept);
        }
    }

    /** Everything about whoever has this card. */
    List<Held> about(String card);

    /** Erases what may be erased, in the caller's transaction: all of it or nothing. */
    Erasure erase(String card);
}

package fi.kimppa.gateway.consortium;

import java.util.Optional;

/** What rests on a branch beyond the consortium's own tables; features that keep such rows offer it as a bean. */
public interface BranchUse {
    /** A word for what there is of this branch, out of the texts for people, such as {@code items}; empty if nothing. */
    Optional<String> of(String branch);
}

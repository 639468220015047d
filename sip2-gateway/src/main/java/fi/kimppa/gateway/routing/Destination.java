package fi.kimppa.gateway.routing;

import java.util.Optional;

/**
 * Where a rule sends a thing, CT.
 *
 * @param kind how that is said
 * @param branch branch code; present exactly with {@link Kind#BRANCH}
 */
public record Destination(Kind kind, Optional<String> branch) {
    /** Nowhere. */
    public static final Destination STAY = new Destination(Kind.STAY, Optional.empty());

    /** Its home branch. */
    public static final Destination HOME = new Destination(Kind.HOME, Optional.empty());

    /** Where the library system says. */
    public static final Destination TOLD = new Destination(Kind.TOLD, Optional.empty());

    /** Checks that a branch is named exactly where one is needed. */
    public Destination {
        if ((kind == Kind.BRANCH) != branch.isPresent()) {
            throw new IllegalArgumentException(kind + " with branch " + branch.orElse("none"));
        }
    }

    /** One certain branch; a thing that is there already goes on from it to where it would have gone without the rule. */
    public static Destination to(String branch) {
        return new Destination(Kind.BRANCH, Optional.of(branch));
    }

    /** How a destination is said. */
    public enum Kind {
        /** It stays where it came back. */
        STAY,
        /** To its home branch. */
        HOME,
        /** Where the library system says; nowhere if it says nothing. */
        TOLD,
        /** To one certain branch. */
        BRANCH
    }
}

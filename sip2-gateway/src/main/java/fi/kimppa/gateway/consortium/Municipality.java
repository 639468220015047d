package fi.kimppa.gateway.consortium;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A municipality whose libraries circulate together.
 *
 * @param code ASCII, 1 to 10 capital letters, such as {@code MYNAMAKI}
 * @param name with its letters, such as Mynämäki
 * @param isil international library identifier, such as {@code FI-Mynamaki}
 * @param partner whether it takes part by agreement and is no member
 * @param librarySystem name of the library system that it runs; empty for the common one
 * @param population how many live there, for sharing costs; empty where nobody has said
 */
public record Municipality(
        String code,
        String name,
        String isil,
        boolean partner,
        Optional<String> librarySystem,
        OptionalInt population) {}

package fi.kimppa.gateway.consortium;

/**
 * A municipality whose libraries circulate together.
 *
 * @param code ASCII, 1 to 10 capital letters, such as {@code MYNAMAKI}
 * @param name with its letters, such as Mynämäki
 * @param isil international library identifier, such as {@code FI-Mynamaki}
 * @param partner whether it takes part by agreement and is no member
 */
public record Municipality(String code, String name, String isil, boolean partner) {}

package fi.kimppa.gateway.consortium;

/**
 * Where a setting is made; what is set nearer to a device wins.
 *
 * @param kind how far it reaches
 * @param name code of the municipality or the branch, login of the device; empty for the consortium
 */
public record Scope(Kind kind, String name) {
    /** The whole consortium. */
    public static final Scope CONSORTIUM = new Scope(Kind.CONSORTIUM, "");

    /** How far a setting reaches, the widest first. */
    public enum Kind {
        /** Everywhere. */
        CONSORTIUM,
        /** In the branches of one municipality. */
        MUNICIPALITY,
        /** In one branch. */
        BRANCH,
        /** For one terminal. */
        DEVICE
    }

    /** One municipality. */
    public static Scope municipality(String code) {
        return new Scope(Kind.MUNICIPALITY, code);
    }

    /** One branch. */
    public static Scope branch(String code) {
        return new Scope(Kind.BRANCH, code);
    }

    /** One terminal. */
    public static Scope device(String login) {
        return new Scope(Kind.DEVICE, login);
    }
}

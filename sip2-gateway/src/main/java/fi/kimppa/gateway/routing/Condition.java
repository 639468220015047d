package fi.kimppa.gateway.routing;

/** What a rule may ask of a returned thing, in the order in which it is asked. */
public enum Condition {
    /** What is known of it altogether. */
    SITUATION,
    /** The municipality that owns it. */
    OWNER,
    /** The branch that is its home, AQ. */
    HOME,
    /** The branch where it came back. */
    SERVING,
    /** Its collection, CR. */
    COLLECTION,
    /** Its kind, CK. */
    MEDIA_TYPE
}

package fi.kimppa.kiosk.session;

/** What a tag that is still on means to whoever leaves this branch with a loan. */
public enum Gates {
    /** Nothing: no gates stand here. */
    NONE,
    /** An alarm, and tags are switched off on the pad alone. */
    ALARM,
    /** An alarm, but a tag can be switched off elsewhere too, such as at the desk. */
    ALARM_OR_ELSEWHERE;

    /** Whether a loan needs its tag switched off. */
    public boolean alarm() {
        return this != NONE;
    }
}

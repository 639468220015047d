package fi.kimppa.device.door;

/** What the lock does without power: a property of the lock that no program can see, so it is recorded. */
public enum FailMode {
    /** It is released; magnets do so. */
    SAFE,
    /** It stays locked, against burglary; the handle inside still opens it. */
    SECURE,
    /** Nobody has said. */
    UNKNOWN
}

package fi.kimppa.device;

/** How far a self-test goes; each level contains the ones before it. */
public enum SelfTestLevel {
    /** The device is there and speaks its protocol. Harmless at any time. */
    ANSWERS,
    /** The device says that it is well. Harmless at any time. */
    HEALTHY,
    /** The device does what it is for: reads what lies on it, prints and cuts a sample, releases the door. For staff who stand by. */
    WORKS
}

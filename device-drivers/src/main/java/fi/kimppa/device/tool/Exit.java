package fi.kimppa.device.tool;

/** How the programs end. */
final class Exit {
    /** Done. */
    static final int DONE = 0;
    /** The device or the tag said no. */
    static final int REFUSED = 1;
    /** The command was not understood. */
    static final int USAGE = 2;
    /** The device is not there. */
    static final int AWAY = 3;

    private Exit() {}
}

package fi.kimppa.sip2.tool;

/** How the program ends. */
enum Exit {
    WELL(0),
    DIFFERS(1),
    USAGE(2),
    NO_CONNECTION(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}

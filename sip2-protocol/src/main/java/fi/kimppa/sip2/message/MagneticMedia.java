package fi.kimppa.sip2.message;

/** Whether an item is magnetic media (SIP2 2.00, "Magnetic media"). */
public enum MagneticMedia {
    Y,
    N,
    /** Unknown. */
    U;

    static MagneticMedia parse(String wire) {
        return switch (wire) {
            case "Y", "y" -> Y;
            case "N", "n" -> N;
            default -> U;
        };
    }
}

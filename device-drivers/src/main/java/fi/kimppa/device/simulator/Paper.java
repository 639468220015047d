package fi.kimppa.device.simulator;

/** How much paper the virtual printer has. */
public enum Paper {
    /** Nothing to report. */
    ENOUGH,
    /** Near the end; printing still works. */
    LOW,
    /** None; nothing is printed. */
    OUT
}

package fi.kimppa.device.simulator;

/** What stands on the virtual desk and has a plug. */
public enum DeskDevice {
    /** The reader of tags. */
    PAD,
    /** The receipt printer. */
    PRINTER,
    /** The bar code scanner. */
    SCANNER,
    /** The relay board of the door. */
    DOOR
}

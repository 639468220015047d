package fi.kimppa.device;

/** The kinds of devices a kiosk or a door terminal has. */
public enum DeviceKind {
    /** An RFID pad. */
    PAD,
    /** A receipt printer. */
    PRINTER,
    /** A bar code scanner. */
    SCANNER,
    /** A reader of contactless cards. */
    CARD,
    /** A lock with its contact. */
    DOOR,
    /** Keys for a PIN. */
    KEYPAD
}

package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;

/** A page of the staff menu. */
public enum StaffPage {
    /** Everything at a glance. */
    MAIN,
    /** The pad, and what lies on it. */
    PAD,
    /** The receipt printer and its paper. */
    PRINTER,
    /** The bar code scanner. */
    SCANNER,
    /** Who the kiosk is to the library, and how the library answers. */
    NETWORK,
    /** What has come into each bin. */
    BINS,
    /** What was done today, and what waits for the library. */
    DAY,
    /** What can be heard, and how loud. */
    SOUND,
    /** In and out of service, and a new start. */
    SERVICE;

    /** The page of a device; the overview for devices without one. */
    public static StaffPage of(DeviceKind kind) {
        return switch (kind) {
            case PAD -> PAD;
            case PRINTER -> PRINTER;
            case SCANNER -> SCANNER;
            case CARD, DOOR, KEYPAD -> MAIN;
        };
    }
}

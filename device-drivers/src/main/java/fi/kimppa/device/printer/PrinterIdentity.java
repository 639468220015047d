package fi.kimppa.device.printer;

import fi.kimppa.device.DeviceIdentity;
import java.util.Optional;

/**
 * What a printer says of itself ({@code GS I 66}, {@code 67} and {@code 68}); empty where it says nothing.
 *
 * @param maker for example EPSON
 * @param model for example TM-T20II
 * @param serial its serial number
 */
record PrinterIdentity(String maker, String model, String serial) {
    /** The same as every device tells it. */
    DeviceIdentity device() {
        return new DeviceIdentity(
                (maker + " " + model).strip(), "", serial.isEmpty() ? Optional.empty() : Optional.of(serial));
    }
}

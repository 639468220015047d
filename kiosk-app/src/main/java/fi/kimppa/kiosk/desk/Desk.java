package fi.kimppa.kiosk.desk;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.DeskSetup;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualKeypad;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that stands on the desk: the kiosk's devices with the door's lock, and at the door a card reader and a keypad.
 *
 * @param kiosk pad, printer, scanner, contactless reader and the relay board of the door
 * @param porch of which only the scanner is used: it reads cards at the door
 * @param keypad at the door
 */
record Desk(VirtualDesk kiosk, VirtualDesk porch, VirtualKeypad keypad) implements AutoCloseable {
    /**
     * Starts all devices.
     *
     * @throws java.io.UncheckedIOException when a port is taken, naming device and port
     */
    static Desk start(DeskOptions options) {
        VirtualDesk kiosk = VirtualDesk.start(DeskSetup.at(options.kiosk()).withVpcd(options.vpcd()));
        try {
            VirtualDesk porch = VirtualDesk.start(new DeskPorts(0, 0, options.doorScanner(), 0));
            try {
                return new Desk(kiosk, porch, VirtualKeypad.start(options.doorKeypad()));
            } catch (RuntimeException e) {
                porch.close();
                throw e;
            }
        } catch (RuntimeException e) {
            kiosk.close();
            throw e;
        }
    }

    /** Where each device is, for configurations. */
    Map<String, DeviceAddress> addresses() {
        Map<String, DeviceAddress> addresses = new LinkedHashMap<>();
        addresses.put("pad", kiosk.pad().address());
        addresses.put("printer", kiosk.printer().address());
        addresses.put("scanner", kiosk.scanner().address());
        addresses.put("door lock", kiosk.door().address());
        addresses.put("door card reader", porch.scanner().address());
        addresses.put("door keypad", keypad.address());
        return addresses;
    }

    @Override
    public void close() {
        keypad.close();
        porch.close();
        kiosk.close();
    }
}

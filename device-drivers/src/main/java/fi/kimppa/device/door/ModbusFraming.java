package fi.kimppa.device.door;

import fi.kimppa.device.DeviceAddress;
import java.util.Locale;
import java.util.Optional;

/** How Modbus messages are told apart on a link. */
public enum ModbusFraming {
    /** A header with a transaction number and a length, no checksum (Modbus Messaging on TCP/IP 1.0b). */
    TCP,
    /** Unit, message and CRC, told apart by silence (Modbus over Serial Line 1.02); also over TCP by many serial servers. */
    RTU;

    /** The setting that says it where the link alone does not. */
    static final String SETTING = "framing";

    /** What the address asks for: {@code framing=tcp} or {@code framing=rtu}; otherwise RTU on a serial line and TCP elsewhere. */
    public static ModbusFraming of(DeviceAddress address) {
        Optional<String> said = address.setting(SETTING);
        if (said.isEmpty()) {
            return address.link() instanceof DeviceAddress.Link.Serial ? RTU : TCP;
        }
        for (ModbusFraming framing : values()) {
            if (framing.name().toLowerCase(Locale.ROOT).equals(said.get())) {
                return framing;
            }
        }
        throw new IllegalArgumentException(
                "Device address '" + address + "': expected framing tcp or rtu, found '" + said.get() + "'");
    }
}

package fi.kimppa.device.link;

import com.fazecast.jSerialComm.SerialPort;

/**
 * The way to jSerialComm, which unpacks its native part when it is first used. Seen with 2.11.4: it does so at one place for all
 * programs of the machine, so that of two that start together one may load what the other is just
 * writing, and then has no serial port until it is started again. So each program has a place of its own.
 */
final class SerialLibrary {
    static {
        System.setProperty(
                "fazecast.jSerialComm.appid",
                "kimppa-" + ProcessHandle.current().pid());
    }

    private SerialLibrary() {}

    /**
     * The port of that name; it need not be there.
     *
     * @throws com.fazecast.jSerialComm.SerialPortInvalidPortException when the name cannot be one
     */
    static SerialPort port(String name) {
        return SerialPort.getCommPort(name);
    }

    /** All ports that the system shows. */
    static SerialPort[] all() {
        return SerialPort.getCommPorts();
    }
}

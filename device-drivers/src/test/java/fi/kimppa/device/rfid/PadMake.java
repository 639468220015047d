package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.simulator.Pty;
import fi.kimppa.device.simulator.VirtualPad;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The makes of pads, and how a test opens a driver of each that reaches the virtual pad. */
enum PadMake {
    FEIG,
    BIBLIOTHECA;

    String driver() {
        return this == FEIG ? FeigProtocol.DRIVER : BibliothecaProtocol.DRIVER;
    }

    private SerialLine line() {
        return this == FEIG ? FeigProtocol.USUAL_LINE : BibliothecaProtocol.USUAL_LINE;
    }

    /** A driver that opens its link as the test says. */
    RfidPad open(Map<String, String> settings, LinkOpener opener) {
        DeviceAddress address = memory(settings);
        DeviceId id = DeviceId.of(DeviceKind.PAD);
        return switch (this) {
            case FEIG -> FeigProtocol.open(id, address, opener);
            case BIBLIOTHECA -> BibliothecaProtocol.open(id, address, opener);
        };
    }

    /** Over a pair of queues. */
    RfidPad inMemory(VirtualPad virtual, Map<String, String> settings, UnaryOperator<ByteLink> fault) {
        return open(settings, () -> {
            plugged(virtual);
            MemoryLink.Pair pair = MemoryLink.pair(memory(Map.of()));
            Thread.ofVirtual().start(() -> virtual.serve(pair.device()));
            return fault.apply(pair.host());
        });
    }

    /** Over a real serial port of the system: the other end of a pseudo-terminal. */
    RfidPad overSerial(VirtualPad virtual, Map<String, String> settings) {
        return open(settings, () -> {
            plugged(virtual);
            Pty pty = Pty.open(driver());
            Thread.ofPlatform().daemon().start(() -> virtual.serve(pty));
            return ByteLink.open(pty.address(), line());
        });
    }

    private void plugged(VirtualPad virtual) {
        if (!virtual.plugged()) {
            throw new LinkException(memory(Map.of()), Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
        }
    }

    DeviceAddress memory(Map<String, String> settings) {
        return new DeviceAddress(driver(), new DeviceAddress.Link.Memory("test"), settings);
    }
}

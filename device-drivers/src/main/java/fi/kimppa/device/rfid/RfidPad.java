package fi.kimppa.device.rfid;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import java.util.List;
import java.util.Optional;

/**
 * A pad that reads and secures many tags at a time.
 *
 * <p>Usual order of calls: {@link #inventory()} again and again, {@link #read(Uid)} for each tag that is new,
 * {@link #setSecurity(Uid, String, TagSecurity)} for each loan or return. {@link PadWatch} does the first two.
 *
 * <p>All methods throw {@link fi.kimppa.device.DeviceException} when the reader itself is not there; the status is then
 * {@link fi.kimppa.device.DeviceStatus.Absent} until the driver has found it again.
 */
public interface RfidPad extends Device {
    /**
     * Opens the driver that the address names, under the name {@code pad}.
     *
     * @throws IllegalArgumentException for an address that no driver understands
     */
    static RfidPad open(DeviceAddress address) {
        return open(DeviceId.of(DeviceKind.PAD), address);
    }

    /**
     * Opens the driver that the address names. The list of drivers is here.
     *
     * @throws IllegalArgumentException for an address that no driver understands
     */
    static RfidPad open(DeviceId id, DeviceAddress address) {
        return switch (address.driver()) {
            case FeigPad.DRIVER -> new FeigPad(id, address);
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected the driver feig, found '" + address.driver() + "'");
        };
    }

    /** The tags in the field now, each once, in no order. Takes 50 to 300 ms on a real reader. */
    List<Uid> inventory();

    /**
     * Reads memory and security of one tag, addressed by its UID.
     *
     * @return empty when the tag does not answer any more
     */
    Optional<PadTag> read(Uid uid);

    /**
     * Brings one tag to the wanted security: checks that it still carries the identifier, writes addressed to this UID alone
     * if it must, reads back, and tries again at most twice while the tag answers. Never writes without an address, because
     * that would change every tag in the field.
     *
     * @param identifier the primary item identifier that was read from this UID before
     */
    SecurityWrite setSecurity(Uid uid, String identifier, TagSecurity target);
}

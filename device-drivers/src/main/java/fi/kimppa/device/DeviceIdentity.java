package fi.kimppa.device;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a device told about itself, as far as it did. Empty texts where it told nothing.
 *
 * @param model as the device or its protocol names it
 * @param firmware version, as the device writes it
 * @param serial what tells this device from another of its model, and stays when ports are swapped
 */
public record DeviceIdentity(String model, String firmware, Optional<String> serial) {
    /** A device that tells nothing. */
    public static final DeviceIdentity UNKNOWN = new DeviceIdentity("", "", Optional.empty());

    @Override
    public String toString() {
        return Stream.of(model, firmware, serial.orElse(""))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(", "));
    }
}

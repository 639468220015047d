package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceIdentity;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The reader types that FEIG's version command tells (system manuals, annex "Index of Reader Types"). */
final class FeigReaderType {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(30, "M01"),
            Map.entry(31, "M02"),
            Map.entry(40, "ID ISC.LR100"),
            Map.entry(41, "ID ISC.LR200"),
            Map.entry(42, "ID ISC.LR2000"),
            Map.entry(43, "ID ISC.LR2500-B"),
            Map.entry(44, "ID ISC.LR2500-A"),
            Map.entry(45, "ID ISC.LR1002"),
            Map.entry(54, "ID ISC.MRU102"),
            Map.entry(60, "ID ISC.PRH101"),
            Map.entry(62, "ID ISC.PRHD102"),
            Map.entry(63, "ID ISC.PRH102"),
            Map.entry(64, "ID ISC.PRH200"),
            Map.entry(74, "ID ISC.MR100"),
            Map.entry(75, "ID ISC.MR200"),
            Map.entry(76, "ID ISC.MR101"),
            Map.entry(77, "ID ISC.MR102"),
            Map.entry(83, "ID CPR40"),
            Map.entry(84, "ID CPR50"),
            Map.entry(85, "ID CPR44"),
            Map.entry(86, "ID CPR30"),
            Map.entry(89, "ID CPR46"),
            Map.entry(111, "ID CPR47"),
            Map.entry(114, "ID CPR74"));

    private static final int DEVICE_ID_BYTES = 4;

    private FeigReaderType() {}

    /**
     * What a reader tells about itself.
     *
     * @param version software (2), developer (1), hardware (1), reader type (1), transponders (2) and more (H60301 page 50)
     * @param device its own identifier (4) and more, or nothing
     */
    static DeviceIdentity identity(byte[] version, byte[] device) {
        return new DeviceIdentity(
                "FEIG " + (version.length < 5 ? "reader" : name(version[4] & 0xFF)),
                version.length < 2 ? "" : (version[0] & 0xFF) + "." + (version[1] & 0xFF),
                device.length < DEVICE_ID_BYTES
                        ? Optional.empty()
                        : Optional.of(HexFormat.of().withUpperCase().formatHex(device, 0, DEVICE_ID_BYTES)));
    }

    /** The model, or its number where it is not known. */
    private static String name(int type) {
        return NAMES.getOrDefault(type, "reader type " + type);
    }
}

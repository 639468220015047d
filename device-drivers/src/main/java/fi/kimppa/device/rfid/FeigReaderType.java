package fi.kimppa.device.rfid;

import java.util.Map;

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

    private FeigReaderType() {}

    /** The model, or its number where it is not known. */
    static String name(int type) {
        return NAMES.getOrDefault(type, "reader type " + type);
    }
}

package fi.kimppa.device.rfid;

import java.util.Optional;

/**
 * The two application family identifiers that carry security at a site.
 *
 * @param secured 00 to FF
 * @param unsecured 00 to FF, another one
 */
public record AfiPair(int secured, int unsecured) {
    /** 07 and C2, as ISO/IEC 15961 registers them and Finnish libraries write them. */
    public static final AfiPair STANDARD = new AfiPair(0x07, 0xC2);

    public AfiPair {
        if (secured < 0 || secured > 0xFF || unsecured < 0 || unsecured > 0xFF || secured == unsecured) {
            throw new IllegalArgumentException(
                    "Expected two different AFI values from 0 to 255, found " + secured + " and " + unsecured);
        }
    }

    /** The byte that means {@code security}. */
    public int of(TagSecurity security) {
        return security == TagSecurity.SECURED ? secured : unsecured;
    }

    /** What a byte means; empty for a value that is neither. */
    public Optional<TagSecurity> meaning(int afi) {
        if (afi == secured) {
            return Optional.of(TagSecurity.SECURED);
        }
        return afi == unsecured ? Optional.of(TagSecurity.UNSECURED) : Optional.empty();
    }
}

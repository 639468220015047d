package fi.kimppa.device.tag;

import java.util.Optional;

/**
 * One object of ISO 28560-2: a data element as it is stored.
 *
 * @param oid relative object identifier, 1 to 270; {@link DataElement} names those up to 26
 * @param compaction how the data hold their text
 * @param data without length and pad bytes, 1 to 16,383 bytes
 */
public record DataObject(int oid, Compaction compaction, Octets data) {
    static final int MOST_OID = 15 + 0xFF;
    static final int MOST_DATA = 0x3FFF;

    /** The last identifier that the standard has given out or kept for itself. */
    private static final int LAST_KNOWN_OID = 31;

    public DataObject {
        if (oid < 1 || oid > MOST_OID) {
            throw new IllegalArgumentException(
                    "Expected an object identifier from 1 to " + MOST_OID + ", found " + oid);
        }
        if (data.length() < 1 || data.length() > MOST_DATA) {
            throw new IllegalArgumentException(
                    "Expected from 1 to " + MOST_DATA + " bytes in an object, found " + data.length());
        }
    }

    /** An object that holds that text, in the first scheme that can. */
    public static DataObject of(DataElement element, String text) {
        Compaction scheme = Compaction.choose(text);
        return new DataObject(element.oid(), scheme, Octets.of(scheme.encode(text)));
    }

    static DataObject of(DataElement element, byte... data) {
        return new DataObject(element.oid(), Compaction.APPLICATION, Octets.of(data));
    }

    boolean is(DataElement element) {
        return oid == element.oid();
    }

    /** The text; empty when the data are no text, or break the rules of their compaction. */
    public Optional<String> text() {
        return opaque()
                ? Optional.empty()
                : compaction == Compaction.APPLICATION ? Isil.decode(data.bytes()) : compaction.decode(data.bytes());
    }

    /** Whether an encoder could have written it. */
    boolean plausible() {
        return oid <= LAST_KNOWN_OID && (opaque() || text().isPresent());
    }

    private boolean opaque() {
        return compaction == Compaction.APPLICATION
                && !is(DataElement.OWNER_INSTITUTION)
                && !is(DataElement.ILL_BORROWING_INSTITUTION);
    }
}

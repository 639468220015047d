package fi.kimppa.device.tag;

/** The data models that a library tag may follow. */
public enum TagModel {
    /** Variable fields, ISO 28560-2 in ISO/IEC 15962 encoding. DSFID 06. */
    ISO_28560_2(0x06),
    /** Fixed fields, ISO 28560-3. DSFID 3E. */
    ISO_28560_3(0x3E),
    /** The same fixed fields without that DSFID: the Finnish model of 2005 (32 bytes), the Danish one and their kin. */
    FINNISH_2005(0x00);

    private final int dsfid;

    TagModel(int dsfid) {
        this.dsfid = dsfid;
    }

    /** The data storage format identifier that belongs on such a tag, one byte. */
    public int dsfid() {
        return dsfid;
    }
}

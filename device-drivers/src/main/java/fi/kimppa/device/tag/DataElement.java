package fi.kimppa.device.tag;

/** The data elements of ISO 28560-1 by their relative object identifiers in ISO 28560-2; 27 to 31 are for later. */
public enum DataElement {
    PRIMARY_ITEM_IDENTIFIER(1),
    CONTENT_PARAMETER(2),
    OWNER_INSTITUTION(3),
    SET_INFORMATION(4),
    TYPE_OF_USAGE(5),
    SHELF_LOCATION(6),
    ONIX_MEDIA_FORMAT(7),
    MARC_MEDIA_FORMAT(8),
    SUPPLIER_IDENTIFIER(9),
    ORDER_NUMBER(10),
    ILL_BORROWING_INSTITUTION(11),
    ILL_TRANSACTION_NUMBER(12),
    GS1_PRODUCT_IDENTIFIER(13),
    ALTERNATIVE_UNIQUE_ITEM_IDENTIFIER(14),
    LOCAL_DATA_A(15),
    LOCAL_DATA_B(16),
    TITLE(17),
    PRODUCT_IDENTIFIER_LOCAL(18),
    MEDIA_FORMAT_OTHER(19),
    SUPPLY_CHAIN_STAGE(20),
    SUPPLIER_INVOICE_NUMBER(21),
    ALTERNATIVE_ITEM_IDENTIFIER(22),
    ALTERNATIVE_OWNER_INSTITUTION(23),
    SUBSIDIARY_OF_OWNER(24),
    ALTERNATIVE_ILL_BORROWING_INSTITUTION(25),
    LOCAL_DATA_C(26);

    private final int oid;

    DataElement(int oid) {
        this.oid = oid;
    }

    /** The relative object identifier, 1 to 26. */
    public int oid() {
        return oid;
    }
}

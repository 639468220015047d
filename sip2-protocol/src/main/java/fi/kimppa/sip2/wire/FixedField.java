package fi.kimppa.sip2.wire;

/**
 * The fields of the standard that have a place and a width but no two-letter code (SIP2 2.00, "Fixed-length
 * fields"). A width is in bytes on the wire.
 */
public enum FixedField {
    UID_ALGORITHM("UID algorithm", 1),
    PWD_ALGORITHM("PWD algorithm", 1),
    STATUS_CODE("status code", 1),
    MAX_PRINT_WIDTH("max print width", 3),
    PROTOCOL_VERSION("protocol version", 4),
    LANGUAGE("language", 3),
    TRANSACTION_DATE("transaction date", 18),
    SUMMARY("summary", 10),
    SC_RENEWAL_POLICY("SC renewal policy", 1),
    NO_BLOCK("no block", 1),
    NB_DUE_DATE("nb due date", 18),
    RETURN_DATE("return date", 18),
    THIRD_PARTY_ALLOWED("third party allowed", 1),
    HOLD_MODE("hold mode", 1),
    CARD_RETAINED("card retained", 1),
    FEE_TYPE("fee type", 2),
    PAYMENT_TYPE("payment type", 2),
    CURRENCY_TYPE("currency type", 3),
    OK("ok", 1),
    RENEWAL_OK("renewal ok", 1),
    MAGNETIC_MEDIA("magnetic media", 1),
    DESENSITIZE("desensitize", 1),
    RESENSITIZE("resensitize", 1),
    ALERT("alert", 1),
    AVAILABLE("available", 1),
    CIRCULATION_STATUS("circulation status", 2),
    SECURITY_MARKER("security marker", 2),
    ITEM_PROPERTIES_OK("item properties ok", 1),
    PATRON_STATUS("patron status", 14),
    END_SESSION("end session", 1),
    PAYMENT_ACCEPTED("payment accepted", 1),
    HOLD_ITEMS_COUNT("hold items count", 4),
    OVERDUE_ITEMS_COUNT("overdue items count", 4),
    CHARGED_ITEMS_COUNT("charged items count", 4),
    FINE_ITEMS_COUNT("fine items count", 4),
    RECALL_ITEMS_COUNT("recall items count", 4),
    UNAVAILABLE_HOLDS_COUNT("unavailable holds count", 4),
    RENEWED_COUNT("renewed count", 4),
    UNRENEWED_COUNT("unrenewed count", 4),
    ONLINE_STATUS("on-line status", 1),
    CHECKIN_OK("checkin ok", 1),
    CHECKOUT_OK("checkout ok", 1),
    ACS_RENEWAL_POLICY("ACS renewal policy", 1),
    STATUS_UPDATE_OK("status update ok", 1),
    OFFLINE_OK("off-line ok", 1),
    TIMEOUT_PERIOD("timeout period", 3),
    RETRIES_ALLOWED("retries allowed", 3),
    DATE_TIME_SYNC("date/time sync", 18);

    private final String label;
    private final int width;

    FixedField(String label, int width) {
        this.label = label;
        this.width = width;
    }

    /** The standard's name of the field. */
    public String label() {
        return label;
    }

    /** Width on the wire in bytes, 1 to 18. */
    public int width() {
        return width;
    }
}

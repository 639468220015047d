package fi.kimppa.sip2.wire;

import static fi.kimppa.sip2.wire.Field.*;
import static fi.kimppa.sip2.wire.FixedField.*;
import static fi.kimppa.sip2.wire.MessageType.Direction.REQUEST;
import static fi.kimppa.sip2.wire.MessageType.Direction.RESPONSE;
import static fi.kimppa.sip2.wire.MessageType.Login.BEFORE;
import static fi.kimppa.sip2.wire.MessageType.Login.NEEDED;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The message table of SIP2 2.00: code, direction, fixed fields in order, the coded fields that usually follow,
 * and whether a terminal must have logged in before it may say it.
 *
 * <p>The coded fields are documentation and a lint, not a filter: a frame may carry any field, in any order.
 */
@SuppressWarnings("ImmutableEnumChecker") // both lists are made by List.of
public enum MessageType {
    BLOCK_PATRON("01", "Block Patron", REQUEST, NEEDED, fixed(CARD_RETAINED, TRANSACTION_DATE), AO, AL, AA, AC),
    CHECKIN("09", "Checkin", REQUEST, NEEDED, fixed(NO_BLOCK, TRANSACTION_DATE, RETURN_DATE), AP, AO, AB, AC, CH, BI),
    CHECKIN_RESPONSE(
            "10",
            "Checkin Response",
            RESPONSE,
            NEEDED,
            fixed(OK, RESENSITIZE, MAGNETIC_MEDIA, ALERT, TRANSACTION_DATE),
            AO,
            AB,
            AQ,
            AJ,
            CL,
            AA,
            CK,
            CH,
            CR,
            CS,
            CT,
            CV,
            CY,
            DA,
            AF,
            AG),
    CHECKOUT(
            "11",
            "Checkout",
            REQUEST,
            NEEDED,
            fixed(SC_RENEWAL_POLICY, NO_BLOCK, TRANSACTION_DATE, NB_DUE_DATE),
            AO,
            AA,
            AB,
            AC,
            CH,
            AD,
            BO,
            BI),
    CHECKOUT_RESPONSE(
            "12",
            "Checkout Response",
            RESPONSE,
            NEEDED,
            fixed(OK, RENEWAL_OK, MAGNETIC_MEDIA, DESENSITIZE, TRANSACTION_DATE),
            AO,
            AA,
            AB,
            AJ,
            AH,
            BT,
            CI,
            BH,
            BV,
            CK,
            CH,
            BK,
            AF,
            AG),
    HOLD("15", "Hold", REQUEST, NEEDED, fixed(HOLD_MODE, TRANSACTION_DATE), BW, BS, BY, AO, AA, AD, AB, AJ, AC, BO),
    HOLD_RESPONSE(
            "16",
            "Hold Response",
            RESPONSE,
            NEEDED,
            fixed(OK, AVAILABLE, TRANSACTION_DATE),
            BW,
            BR,
            BS,
            AO,
            AA,
            AB,
            AJ,
            AF,
            AG),
    ITEM_INFORMATION("17", "Item Information", REQUEST, NEEDED, fixed(TRANSACTION_DATE), AO, AB, AC),
    ITEM_INFORMATION_RESPONSE(
            "18",
            "Item Information Response",
            RESPONSE,
            NEEDED,
            fixed(CIRCULATION_STATUS, SECURITY_MARKER, FEE_TYPE, TRANSACTION_DATE),
            CF,
            AH,
            CJ,
            CM,
            AB,
            AJ,
            BG,
            BH,
            BV,
            CK,
            AQ,
            AP,
            CH,
            AF,
            AG),
    ITEM_STATUS_UPDATE("19", "Item Status Update", REQUEST, NEEDED, fixed(TRANSACTION_DATE), AO, AB, AC, CH),
    ITEM_STATUS_UPDATE_RESPONSE(
            "20",
            "Item Status Update Response",
            RESPONSE,
            NEEDED,
            fixed(ITEM_PROPERTIES_OK, TRANSACTION_DATE),
            AB,
            AJ,
            CH,
            AF,
            AG),
    PATRON_STATUS_REQUEST(
            "23", "Patron Status Request", REQUEST, NEEDED, fixed(LANGUAGE, TRANSACTION_DATE), AO, AA, AC, AD),
    PATRON_STATUS_RESPONSE(
            "24",
            "Patron Status Response",
            RESPONSE,
            NEEDED,
            fixed(PATRON_STATUS, LANGUAGE, TRANSACTION_DATE),
            AO,
            AA,
            AE,
            BL,
            CQ,
            BH,
            BV,
            AF,
            AG),
    PATRON_ENABLE("25", "Patron Enable", REQUEST, NEEDED, fixed(TRANSACTION_DATE), AO, AA, AC, AD),
    PATRON_ENABLE_RESPONSE(
            "26",
            "Patron Enable Response",
            RESPONSE,
            NEEDED,
            fixed(PATRON_STATUS, LANGUAGE, TRANSACTION_DATE),
            AO,
            AA,
            AE,
            BL,
            CQ,
            AF,
            AG),
    RENEW(
            "29",
            "Renew",
            REQUEST,
            NEEDED,
            fixed(THIRD_PARTY_ALLOWED, NO_BLOCK, TRANSACTION_DATE, NB_DUE_DATE),
            AO,
            AA,
            AD,
            AB,
            AJ,
            AC,
            CH,
            BO),
    RENEW_RESPONSE(
            "30",
            "Renew Response",
            RESPONSE,
            NEEDED,
            fixed(OK, RENEWAL_OK, MAGNETIC_MEDIA, DESENSITIZE, TRANSACTION_DATE),
            AO,
            AA,
            AB,
            AJ,
            AH,
            BT,
            CI,
            BH,
            BV,
            CK,
            CH,
            BK,
            AF,
            AG),
    END_PATRON_SESSION("35", "End Patron Session", REQUEST, NEEDED, fixed(TRANSACTION_DATE), AO, AA, AC, AD),
    END_SESSION_RESPONSE(
            "36", "End Session Response", RESPONSE, NEEDED, fixed(END_SESSION, TRANSACTION_DATE), AO, AA, AF, AG),
    FEE_PAID(
            "37",
            "Fee Paid",
            REQUEST,
            NEEDED,
            fixed(TRANSACTION_DATE, FEE_TYPE, PAYMENT_TYPE, CURRENCY_TYPE),
            BV,
            AO,
            AA,
            AC,
            AD,
            CG,
            BK),
    FEE_PAID_RESPONSE(
            "38", "Fee Paid Response", RESPONSE, NEEDED, fixed(PAYMENT_ACCEPTED, TRANSACTION_DATE), AO, AA, BK, AF, AG),
    PATRON_INFORMATION(
            "63",
            "Patron Information",
            REQUEST,
            NEEDED,
            fixed(LANGUAGE, TRANSACTION_DATE, SUMMARY),
            AO,
            AA,
            AC,
            AD,
            BP,
            BQ),
    PATRON_INFORMATION_RESPONSE(
            "64",
            "Patron Information Response",
            RESPONSE,
            NEEDED,
            fixed(
                    PATRON_STATUS,
                    LANGUAGE,
                    TRANSACTION_DATE,
                    HOLD_ITEMS_COUNT,
                    OVERDUE_ITEMS_COUNT,
                    CHARGED_ITEMS_COUNT,
                    FINE_ITEMS_COUNT,
                    RECALL_ITEMS_COUNT,
                    UNAVAILABLE_HOLDS_COUNT),
            AO,
            AA,
            AE,
            BZ,
            CA,
            CB,
            BL,
            CQ,
            BH,
            BV,
            CC,
            AS,
            AT,
            AU,
            AV,
            BU,
            CD,
            BD,
            BE,
            BF,
            AF,
            AG),
    RENEW_ALL("65", "Renew All", REQUEST, NEEDED, fixed(TRANSACTION_DATE), AO, AA, AD, AC, BO),
    RENEW_ALL_RESPONSE(
            "66",
            "Renew All Response",
            RESPONSE,
            NEEDED,
            fixed(OK, RENEWED_COUNT, UNRENEWED_COUNT, TRANSACTION_DATE),
            AO,
            BM,
            BN,
            AF,
            AG),
    LOGIN("93", "Login", REQUEST, BEFORE, fixed(UID_ALGORITHM, PWD_ALGORITHM), CN, CO, CP),
    LOGIN_RESPONSE("94", "Login Response", RESPONSE, BEFORE, fixed(OK)),
    REQUEST_SC_RESEND("96", "Request SC Resend", RESPONSE, BEFORE, fixed()),
    REQUEST_ACS_RESEND("97", "Request ACS Resend", REQUEST, BEFORE, fixed()),
    ACS_STATUS(
            "98",
            "ACS Status",
            RESPONSE,
            BEFORE,
            fixed(
                    ONLINE_STATUS,
                    CHECKIN_OK,
                    CHECKOUT_OK,
                    ACS_RENEWAL_POLICY,
                    STATUS_UPDATE_OK,
                    OFFLINE_OK,
                    TIMEOUT_PERIOD,
                    RETRIES_ALLOWED,
                    DATE_TIME_SYNC,
                    PROTOCOL_VERSION),
            AO,
            AM,
            BX,
            AN,
            AF,
            AG),
    SC_STATUS("99", "SC Status", REQUEST, BEFORE, fixed(STATUS_CODE, MAX_PRINT_WIDTH, PROTOCOL_VERSION));

    /** Which way a message travels: a request from the self-check (SC), a response from the library (ACS). */
    public enum Direction {
        REQUEST,
        RESPONSE
    }

    /** Whether a message may be said before a login. */
    public enum Login {
        BEFORE,
        NEEDED
    }

    /** Fields that may occur more than once in a frame; for all others the first occurrence counts. */
    public static final Set<Field> REPEATABLE = Set.of(AF, AG, AS, AT, AU, AV, BU, CD, BM, BN);

    private static final Map<String, MessageType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageType::code, Function.identity()));

    private final String code;
    private final String title;
    private final Direction direction;
    private final Login login;
    private final List<FixedField> fixedFields;
    private final int fixedWidth;
    private final List<Field> usualFields;

    MessageType(
            String code, String title, Direction direction, Login login, List<FixedField> fixedFields, Field... usual) {
        this.code = code;
        this.title = title;
        this.direction = direction;
        this.login = login;
        this.fixedFields = fixedFields;
        this.fixedWidth = fixedFields.stream().mapToInt(FixedField::width).sum();
        this.usualFields = List.of(usual);
    }

    private static List<FixedField> fixed(FixedField... fields) {
        return List.of(fields);
    }

    /** The message with this two-digit command identifier, if the standard has it. */
    public static Optional<MessageType> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The two digits on the wire. */
    public String code() {
        return code;
    }

    /** The standard's name of the message. */
    public String title() {
        return title;
    }

    /** Which way the message travels. */
    public Direction direction() {
        return direction;
    }

    /** Whether the terminal must have logged in before it sends this. */
    public boolean loginNeeded() {
        return login == NEEDED;
    }

    /**
     * The response that belongs to this request (SIP2 2.00; sip2.md section 6). After 97 any response may come; 96
     * stands for it.
     *
     * @throws IllegalArgumentException if this is a response
     */
    public MessageType answer() {
        return switch (this) {
            case BLOCK_PATRON, PATRON_STATUS_REQUEST -> PATRON_STATUS_RESPONSE;
            case CHECKIN -> CHECKIN_RESPONSE;
            case CHECKOUT -> CHECKOUT_RESPONSE;
            case HOLD -> HOLD_RESPONSE;
            case ITEM_INFORMATION -> ITEM_INFORMATION_RESPONSE;
            case ITEM_STATUS_UPDATE -> ITEM_STATUS_UPDATE_RESPONSE;
            case PATRON_ENABLE -> PATRON_ENABLE_RESPONSE;
            case RENEW -> RENEW_RESPONSE;
            case END_PATRON_SESSION -> END_SESSION_RESPONSE;
            case FEE_PAID -> FEE_PAID_RESPONSE;
            case PATRON_INFORMATION -> PATRON_INFORMATION_RESPONSE;
            case RENEW_ALL -> RENEW_ALL_RESPONSE;
            case LOGIN -> LOGIN_RESPONSE;
            case SC_STATUS -> ACS_STATUS;
            case REQUEST_ACS_RESEND -> REQUEST_SC_RESEND;
            default -> throw new IllegalArgumentException(title + " is a response");
        };
    }

    /** The positional fields, in wire order. */
    public List<FixedField> fixedFields() {
        return fixedFields;
    }

    /** The coded fields that the standard lists for this message, in its order. */
    public List<Field> usualFields() {
        return usualFields;
    }

    /** The least length of a message after its two digits, in bytes. */
    public int fixedWidth() {
        return fixedWidth;
    }
}

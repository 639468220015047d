package fi.kimppa.sip2.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The two-letter fields of SIP2 2.00 and of the 3M extension for sorting (revision 1.20), one line each. Fields
 * that vendors invented have no line here: they travel as {@link CodedField}s with their code alone.
 *
 * <p>AY and AZ are not in the table: they are the frame's trailer and belong to {@link FrameCodec}.
 */
public enum Field {
    AA("patron identifier", Privacy.PERSONAL),
    AB("item identifier"),
    AC("terminal password", Privacy.SECRET),
    AD("patron password", Privacy.SECRET),
    AE("personal name", Privacy.PERSONAL),
    AF("screen message"),
    AG("print line"),
    AH("due date"),
    AJ("title identifier"),
    AL("blocked card msg"),
    AM("library name"),
    AN("terminal location"),
    AO("institution id"),
    AP("current location"),
    AQ("permanent location"),
    AS("hold items"),
    AT("overdue items"),
    AU("charged items"),
    AV("fine items"),
    BD("home address", Privacy.PERSONAL),
    BE("e-mail address", Privacy.PERSONAL),
    BF("home phone number", Privacy.PERSONAL),
    BG("owner"),
    BH("currency type", 3),
    BI("cancel", 1),
    BK("transaction id"),
    BL("valid patron", 1),
    BM("renewed items"),
    BN("unrenewed items"),
    BO("fee acknowledged", 1),
    BP("start item"),
    BQ("end item"),
    BR("queue position"),
    BS("pickup location"),
    BT("fee type", 2),
    BU("recall items"),
    BV("fee amount"),
    BW("expiration date", 18),
    BX("supported messages", 16),
    BY("hold type", 1),
    BZ("hold items limit", 4),
    CA("overdue items limit", 4),
    CB("charged items limit", 4),
    CC("fee limit"),
    CD("unavailable hold items"),
    CF("hold queue length"),
    CG("fee identifier"),
    CH("item properties"),
    CI("security inhibit", 1),
    CJ("recall date", 18),
    CK("media type", 3),
    CL("sort bin"),
    CM("hold pickup date", 18),
    CN("login user id"),
    CO("login password", Privacy.SECRET),
    CP("location code"),
    CQ("valid patron password", 1),
    CR("collection code"),
    CS("call number"),
    CT("destination location"),
    CV("alert type", 2),
    CY("hold patron id", Privacy.PERSONAL),
    DA("hold patron name", Privacy.PERSONAL),
    /** Birth date, as Koha and Evergreen send it in 64. */
    PB("birth date", Privacy.PERSONAL);

    /** Who may read a value in a trace or a log. */
    public enum Privacy {
        /** Anybody who may read logs. */
        PLAIN,
        /** Says who somebody is; masked in logs. */
        PERSONAL,
        /** A password or a PIN; masked everywhere, erased after use. */
        SECRET
    }

    private static final Map<String, Field> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));

    private static final @Nullable Field[] BY_LETTERS = byLetters();

    private static @Nullable Field[] byLetters() {
        @Nullable Field[] byLetters = new Field[26 * 26];
        for (Field field : values()) {
            byLetters[place(field.name().charAt(0), field.name().charAt(1))] = field;
        }
        return byLetters;
    }

    private final String label;
    private final int width;
    private final Privacy privacy;

    Field(String label) {
        this(label, 0, Privacy.PLAIN);
    }

    Field(String label, int width) {
        this(label, width, Privacy.PLAIN);
    }

    Field(String label, Privacy privacy) {
        this(label, 0, privacy);
    }

    Field(String label, int width, Privacy privacy) {
        this.label = label;
        this.width = width;
        this.privacy = privacy;
    }

    /** The field with this two-letter code, if the standard or the sorting extension names it. */
    public static Optional<Field> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** As {@link #of(String)}, from the two bytes of a line; null if neither names it. */
    static @Nullable Field at(byte first, byte second) {
        boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        return letters ? BY_LETTERS[place(first, second)] : null;
    }

    private static int place(int first, int second) {
        return (first - 'A') * 26 + second - 'A';
    }

    /** The two letters on the wire. */
    public String code() {
        return name();
    }

    /** The standard's name of the field. */
    public String label() {
        return label;
    }

    /** The exact width of a value in characters where the standard has one, else 0. */
    public int width() {
        return width;
    }

    /** Who may read a value. */
    public Privacy privacy() {
        return privacy;
    }
}

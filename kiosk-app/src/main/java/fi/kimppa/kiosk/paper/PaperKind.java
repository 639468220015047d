package fi.kimppa.kiosk.paper;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of paper and what a layout may put on each. What is not named here cannot be printed: no name, fee or address of a
 * patron is, and of a card number its end at most.
 */
public enum PaperKind {
    /** The patron's receipt of loans. */
    LOAN_RECEIPT("loan-receipt"),
    /** The receipt of a return. */
    RETURN_RECEIPT("return-receipt"),
    /** Goes into the bin with a thing that somebody waits for. */
    HOLD_SLIP("hold-slip"),
    /** Goes into the bin with a thing that travels. */
    TRANSFER_SLIP("transfer-slip"),
    /** Shows staff which letters and sizes the printer has. */
    TEST_PAGE("test-page"),
    /** What was done on one day, for staff. */
    DAY_SLIP("day-slip"),
    /** The patron's receipt of a visit at which things came back too. */
    LOAN_RECEIPT_WITH_RETURNS("loan-receipt-with-returns");

    /** On every paper. */
    private static final Set<String> COMMON = Set.of("library", "moment", "machine", "web", "phone");

    /** What somebody may think of and no paper has, by words of people and by SIP2's fields. */
    private static final Set<String> PRIVATE = Set.of(
            "name",
            "patron",
            "borrower",
            "customer",
            "card",
            "pin",
            "email",
            "address",
            "birthday",
            "fee",
            "fees",
            "aa",
            "ae",
            "bd",
            "be",
            "bf",
            "bv",
            "cy",
            "da");

    /** Asked for by {@code if} and never printed themselves. */
    private static final Set<String> FLAGS = Set.of("later", "notonloan", "here");

    /** Fields that are whole numbers and no list's length. */
    private static final Set<String> NUMBERS = Set.of("waiting", "refused");

    private final String word;

    PaperKind(String word) {
        this.word = word;
    }

    /** What layout files and file names call it. */
    public String word() {
        return word;
    }

    static Optional<PaperKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The fields of this paper outside its lists. */
    Set<String> fields() {
        return switch (this) {
            case LOAN_RECEIPT, LOAN_RECEIPT_WITH_RETURNS -> Set.of("digits");
            case RETURN_RECEIPT, TEST_PAGE -> Set.of();
            case HOLD_SLIP -> Set.of("bin", "alias", "title", "item", "pickup", "here");
            case TRANSFER_SLIP -> Set.of("bin", "destination", "title", "item");
            case DAY_SLIP -> Set.of("day", "waiting", "refused");
        };
    }

    static Set<String> common() {
        return COMMON;
    }

    /** The fields of the entries of its lists, by the list's name. A list's name as a field is its length. */
    Map<String, Set<String>> lists() {
        return switch (this) {
            case LOAN_RECEIPT ->
                Map.of(
                        "loans", Set.of("title", "due"),
                        "refused", Set.of("title", "reason"),
                        "checking", Set.of("title"));
            case LOAN_RECEIPT_WITH_RETURNS ->
                Map.of(
                        "loans", Set.of("title", "due"),
                        "refused", Set.of("title", "reason"),
                        "checking", Set.of("title"),
                        "returns", Set.of("title", "item", "later", "notonloan"));
            case RETURN_RECEIPT -> Map.of("returns", Set.of("title", "item", "later", "notonloan"));
            case DAY_SLIP -> Map.of("counts", Set.of("line"), "slips", Set.of("slip"));
            case HOLD_SLIP, TRANSFER_SLIP, TEST_PAGE -> Map.of();
        };
    }

    /** What a layout must put on it: a field, or a field of a list as {@code loans due}. */
    List<String> required() {
        return switch (this) {
            case LOAN_RECEIPT -> List.of("loans title", "loans due");
            case LOAN_RECEIPT_WITH_RETURNS -> List.of("loans title", "loans due", "returns title", "returns later");
            case RETURN_RECEIPT -> List.of("returns title", "returns later");
            case HOLD_SLIP -> List.of("bin", "item", "pickup");
            case TRANSFER_SLIP -> List.of("bin", "destination", "item");
            case TEST_PAGE -> List.of();
            case DAY_SLIP -> List.of("day", "counts line");
        };
    }

    /** Whether a field can be counted: it is a list, or a number itself. */
    boolean isNumber(String field) {
        return lists().containsKey(field) || (NUMBERS.contains(field) && fields().contains(field));
    }

    static boolean isFlag(String field) {
        return FLAGS.contains(field);
    }

    /** Why a field is not printed, if it is one that must not be. */
    Optional<String> forbidden(String field) {
        if (!PRIVATE.contains(field)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (this) {
                    case RETURN_RECEIPT, LOAN_RECEIPT_WITH_RETURNS ->
                        "a return receipt says nothing about who had the thing; take it out";
                    case HOLD_SLIP, TRANSFER_SLIP ->
                        "a slip names nobody; {alias} on a hold slip is what the patron chose to be called";
                    case LOAN_RECEIPT, TEST_PAGE, DAY_SLIP -> "no paper says anything about a person; take it out";
                });
    }
}

package fi.kimppa.gateway.backend.folio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What FOLIO's refusals mean to a patron: one row per code of mod-circulation
 * ({@code src/main/java/org/folio/circulation/support/ErrorCode.java}, v24.6), and one per refusal that has no code and
 * is known by its message. The order is the precedence: of several problems the first in this table is told. What is in
 * no row is a matter for staff.
 */
enum ErrorCode {
    USER_BARCODE_NOT_FOUND("card.unknown"),
    USER_NOT_FOUND("card.unknown"),
    USER_IS_INACTIVE_OR_EXPIRED("card.expired"),
    /** Check-out and requests of the same have no code (InactiveUserValidator, RequestServiceUtility). */
    INACTIVE_WITHOUT_CODE("card.expired", "inactive user"),
    USER_STATUS_CANNOT_BE_DETERMINED("card.staff"),
    USER_IS_BLOCKED_MANUALLY("card.blocked"),
    USER_IS_BLOCKED_AUTOMATICALLY("card.limit"),
    USER_CANNOT_BE_PROXY_FOR_THEMSELVES("staff"),

    ITEM_BARCODE_NOT_FOUND("item.unknown"),
    /** CheckOutValidators. */
    UNKNOWN_ITEM_WITHOUT_CODE("item.unknown", "no item with barcode"),
    ITEM_HAS_OPEN_LOAN("item.lent"),
    /** AlreadyCheckedOutValidator. */
    ALREADY_LENT_WITHOUT_CODE("item.lent", "item is already checked out"),
    /** RequestedByAnotherPatronValidator. */
    HELD_WITHOUT_CODE("item.held", "requested by another patron"),
    ITEM_NOT_LOANABLE("item.reference"),
    /** CheckInValidators. */
    CLAIMED_RETURNED_WITHOUT_CODE("item.claimed", "claimed returned, a resolution is required"),
    /** CheckOutValidators: the item's status forbids it. */
    STATUS_FORBIDS_CHECKOUT_WITHOUT_CODE("item.staff", "cannot be checked out"),
    /** CheckInByBarcodeResource: the item's status forbids it. */
    STATUS_FORBIDS_CHECKIN_WITHOUT_CODE("item.staff", "cannot be checked in"),
    ITEM_LIMIT_PATRON_GROUP_MATERIAL_TYPE_LOAN_TYPE("loans.limit"),
    ITEM_LIMIT_PATRON_GROUP_MATERIAL_TYPE("loans.limit"),
    ITEM_LIMIT_PATRON_GROUP_LOAN_TYPE("loans.limit"),
    ITEM_LIMIT_MATERIAL_TYPE_LOAN_TYPE("loans.limit"),
    ITEM_LIMIT_MATERIAL_TYPE("loans.limit"),
    ITEM_LIMIT_LOAN_TYPE("loans.limit"),

    ITEM_CHECKED_OUT_TO_DIFFERENT_USER("renew.none"),
    RENEWAL_BLOCKED_BY_RECALL("renew.held"),
    RENEWAL_BLOCKED_BY_HOLD_REQUEST("renew.held"),
    RENEWAL_BLOCKED_BY_REMINDER_FEES("renew.fees"),
    LOAN_RENEWAL_LIMIT_REACHED("renew.limit"),
    LOAN_NOT_RENEWABLE("renew.never"),
    ITEM_AGED_TO_LOST_NOT_RENEWABLE("renew.lost"),
    ITEM_DECLARED_LOST_NOT_RENEWABLE("renew.lost"),
    ITEM_CLAIMED_RETURNED_NOT_RENEWABLE("renew.lost"),
    RENEWAL_WOULD_NOT_CHANGE_DUE_DATE("renew.early"),
    RENEWAL_DATE_OUTSIDE_LOAN_POLICY_DATE_RANGES("renew.dates"),
    RENEWAL_DATE_OUTSIDE_FIXED_LOAN_POLICY_DATE_RANGES("renew.dates"),

    ITEM_ALREADY_REQUESTED("hold.already"),
    ITEM_OF_THIS_INSTANCE_ALREADY_REQUESTED("hold.already"),
    INSTANCE_ALREADY_REQUESTED("hold.already"),
    REQUESTER_ALREADY_HAS_THIS_ITEM_ON_LOAN("hold.yours"),
    REQUESTER_ALREADY_HAS_LOAN_FOR_ONE_OF_INSTANCES_ITEMS("hold.yours"),
    REQUEST_ALREADY_CLOSED("hold.none"),
    REQUEST_PICKUP_SERVICE_POINT_IS_NOT_ALLOWED("hold.place"),
    SERVICE_POINT_IS_NOT_PICKUP_LOCATION("hold.place"),
    HOLD_SHELF_REQUESTS_REQUIRE_PICKUP_SERVICE_POINT("hold.place"),
    REQUEST_NOT_ALLOWED_FOR_PATRON_TITLE_COMBINATION("hold.copies"),
    REQUEST_NOT_ALLOWED_FOR_PATRON_ITEM_COMBINATION("hold.copies"),
    HOLD_AND_RECALL_TLR_NOT_ALLOWED_PAGEABLE_AVAILABLE_ITEM_FOUND("hold.copies"),
    CANNOT_CREATE_PAGE_TLR_WITHOUT_ITEM_ID("hold.copies"),
    REQUEST_LEVEL_IS_NOT_ALLOWED("hold.copies"),
    FULFILLMENT_PREFERENCE_IS_NOT_ALLOWED("hold.copies"),
    MOVING_REQUEST_TO_THE_SAME_ITEM("staff"),

    LOAN_POLICY_PROFILE_NOT_RECOGNIZED("staff"),
    LOAN_POLICY_RENEW_FROM_NOT_RECOGNIZED("staff"),
    LOAN_POLICY_RENEWAL_PERIOD_NOT_RECOGNIZED("staff"),
    LOAN_POLICY_RENEWAL_PERIOD_INTERVAL_NOT_RECOGNIZED("staff"),
    LOAN_POLICY_RENEWAL_PERIOD_DURATION_INVALID("staff"),
    RENEWAL_REQUEST_ITEM_BARCODE_REQUIRED("staff"),
    RENEWAL_REQUEST_USER_BARCODE_REQUIRED("staff"),
    FIXED_LOAN_POLICY_HAS_ALTERNATE_RENEWAL_PERIOD_FOR_HOLDS("staff"),
    FIXED_LOAN_POLICY_HAS_RENEWAL_PERIOD("staff"),
    CALENDAR_OPEN_PERIODS_NOT_FOUND("staff"),
    CALENDAR_TIMETABLE_ABSENT("staff"),
    OVERRIDE_RENEWAL_COMMENT_REQUIRED("staff"),
    OVERRIDE_RENEWAL_DUE_DATE_REQUIRED("staff"),
    OVERRIDE_RENEWAL_DUE_DATE_REQUIRED_WHEN_DUE_DATE_UNCHANGED("staff"),
    OVERRIDE_RENEWAL_NOT_ALLOWED_FOR_CURRENT_LOAN("staff"),
    INSUFFICIENT_OVERRIDE_PERMISSIONS("staff");

    /** The sentence where no row says more. */
    static final String STAFF = "staff";

    private final String sentence;
    private final String fragment;

    ErrorCode(String sentence) {
        this(sentence, "");
    }

    ErrorCode(String sentence, String fragment) {
        this.sentence = sentence;
        this.fragment = fragment;
    }

    /** The key of what the patron is told. */
    String sentence() {
        return sentence;
    }

    /** The row of this problem. */
    static Optional<ErrorCode> of(Problem problem) {
        return Arrays.stream(values()).filter(row -> row.fits(problem)).findFirst();
    }

    /** What a refusal with these problems is told as. */
    static String sentence(List<Problem> problems) {
        return problems.stream()
                .flatMap(problem -> of(problem).stream())
                .min(ErrorCode::compareTo)
                .map(ErrorCode::sentence)
                .orElse(STAFF);
    }

    /** Whether the refusal may be about a loan that stands already, which may be the patron's own. */
    static boolean standing(List<Problem> problems) {
        return has(problems, ITEM_HAS_OPEN_LOAN) || has(problems, ALREADY_LENT_WITHOUT_CODE);
    }

    /** Whether one of the problems is in this row. */
    static boolean has(List<Problem> problems, ErrorCode row) {
        return problems.stream().anyMatch(row::fits);
    }

    private boolean fits(Problem problem) {
        return fragment.isEmpty()
                ? problem.code().filter(name()::equals).isPresent()
                : problem.code().isEmpty()
                        && problem.message().toLowerCase(Locale.ROOT).contains(fragment);
    }
}

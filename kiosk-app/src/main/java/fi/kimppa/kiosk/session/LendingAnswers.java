package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.LoanState.Reason;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the library's answers say of a thing that somebody wants to borrow. Pure. */
final class LendingAnswers {
    private static final Pattern AGE_LIMIT = Pattern.compile("(?:^|[;, ])age=(\\d{1,2})(?:$|[;, ])");
    private static final Pattern NOT_FOR_LOAN = Pattern.compile("(?:^|[;, ])loan=no(?:$|[;, ])");

    private LendingAnswers() {}

    /** Until when it is lent. */
    static Optional<DueDate> due(ItemInformationResponse answer) {
        return answer.dueDate().flatMap(DueDate::of);
    }

    /**
     * Why a thing is not lent, by its own state, which comes first since it is what the patron can see; empty where that says nothing.
     *
     * @param libraryLines what the library said when it refused the loan
     */
    static Optional<LoanState.Refused> why(ItemInformationResponse answer, List<String> libraryLines) {
        String properties = answer.itemProperties().orElse("");
        Matcher age = AGE_LIMIT.matcher(properties);
        if (answer.titleIdentifier().isBlank()) {
            return refused(Reason.UNKNOWN_ITEM, libraryLines);
        }
        if (answer.onLoan()) {
            return refused(Reason.ON_LOAN_OTHER, libraryLines);
        }
        if (age.find()) {
            int limit = Integer.parseInt(age.group(1));
            return Optional.of(new LoanState.Refused(Reason.AGE, libraryLines, Optional.of(limit), false));
        }
        if (NOT_FOR_LOAN.matcher(properties).find()) {
            return refused(Reason.REFERENCE, libraryLines);
        }
        boolean held = answer.circulationStatus() == CirculationStatus.WAITING_ON_HOLD_SHELF
                || answer.holdQueueLength().map(LendingAnswers::positive).orElse(false);
        return held ? refused(Reason.HOLD_OTHER, libraryLines) : Optional.empty();
    }

    private static Optional<LoanState.Refused> refused(Reason reason, List<String> libraryLines) {
        return Optional.of(new LoanState.Refused(reason, libraryLines, Optional.empty(), false));
    }

    private static boolean positive(String count) {
        return count.strip().matches("0*[1-9]\\d*");
    }
}

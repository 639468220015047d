package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.AccountLoan.State;
import fi.kimppa.kiosk.session.AccountLoan.Why;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.wire.CodedField;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the library's answers say of loans, holds and fees. Pure. */
final class AccountAnswers {
    private static final Pattern LEFT = Pattern.compile("(?:^|[;, ])renewals=(\\d{1,3})(?:$|[;, ])");
    private static final Pattern SHELF = Pattern.compile("(?:^|[;, ])shelf=([^;, ]{1,20})(?:$|[;, ])");

    private AccountAnswers() {}

    /**
     * The loans of a list. What was renewed before in this session stays so: it is not renewed twice.
     *
     * @param known from a list before: one that comes late does not undo what has been done with a loan meanwhile
     */
    static List<AccountLoan> listed(List<String> items, Visit visit, List<AccountLoan> known) {
        List<AccountLoan> rows = new ArrayList<>();
        for (String item : items) {
            AccountLoan row = AccountLoan.unread(rows.size() + 1, item);
            rows.add(known.stream()
                    .filter(loan -> !(loan.state() instanceof State.Kept)
                            && loan.item().hasNumber(row.item().identifier()))
                    .findFirst()
                    .map(loan -> loan.numbered(row.number()))
                    .orElseGet(() -> asInThePile(row, visit)));
        }
        return rows;
    }

    private static AccountLoan asInThePile(AccountLoan loan, Visit visit) {
        return visit.rows().stream()
                .filter(before -> before.state() instanceof LoanState.Renewed
                        && before.item()
                                .map(key -> key.hasNumber(loan.item().identifier()))
                                .orElse(false))
                .findFirst()
                .map(before -> loan.titled(before.title().orElse(""))
                        .renewedUntil(before.state().due()))
                .orElse(loan);
    }

    /** A loan with what an 18 says of it; a refusal without a reason gets one. */
    static AccountLoan loan(AccountLoan loan, ItemInformationResponse answer, boolean renewalsDenied) {
        Optional<Integer> left = number(LEFT, answer.itemProperties()).or(loan::left);
        boolean awaited =
                positive(answer.holdQueueLength()) || answer.recallDate().isPresent();
        AccountLoan told = loan.titled(answer.titleIdentifier())
                .due(answer.dueDate().flatMap(DueDate::of))
                .told(left, awaited)
                .read(true);
        return told.state() instanceof State.NotRenewed(var why, var lines) && why.isEmpty()
                ? told.with(new State.NotRenewed(Optional.of(why(told, renewalsDenied)), lines))
                : told;
    }

    /** Why a loan is not renewed, by what is known of it and of the patron. */
    static Why why(AccountLoan loan, boolean renewalsDenied) {
        if (loan.awaited()) {
            return Why.HELD;
        }
        if (loan.left().equals(Optional.of(0))) {
            return Why.LIMIT;
        }
        return renewalsDenied ? Why.BAN : Why.OTHER;
    }

    /** A loan that a 66 says was not renewed: with its price, with the library's reason, or to be asked about by itself. */
    static AccountLoan leftOut(AccountLoan loan, RenewAllResponse answer, boolean renewalsDenied) {
        Optional<Money> price = price(answer, loan);
        if (price.isPresent()) {
            return loan.with(new State.Costs(price.get()));
        }
        List<String> lines = linesOf(loan, answer.screenMessages());
        return lines.isEmpty() && why(loan, renewalsDenied) == Why.OTHER
                ? loan.with(new State.Wanted(AccountLoan.Manner.WITH_ALL))
                : loan.with(new State.NotRenewed(Optional.empty(), lines)).read(false);
    }

    /** The lines of a 66 that are about one item; our own gateway begins them with its number. */
    private static List<String> linesOf(AccountLoan loan, List<String> lines) {
        String number = loan.item().identifier();
        return lines.stream()
                .filter(line -> line.startsWith(number))
                .map(line -> line.substring(number.length()).replaceFirst("^[:\\s]+", ""))
                .toList();
    }

    /** What a 66 says that renewing this loan costs. */
    private static Optional<Money> price(RenewAllResponse answer, AccountLoan loan) {
        return answer.prices().stream()
                .filter(price -> loan.item().hasNumber(price.itemIdentifier()))
                .findFirst()
                .flatMap(price -> Money.fee(Optional.of(price.feeAmount()), Optional.of(price.currencyType())));
    }

    /** Whether one of these entries of a 66 is about this loan; some libraries put words after the number. */
    static boolean names(List<String> entries, AccountLoan loan) {
        return entries.stream()
                .map(entry -> entry.strip().split("[\\s:]", 2)[0])
                .anyMatch(loan.item()::hasNumber);
    }

    /**
     * A hold with what an 18 says of it. A list of what is ready is believed unless the thing itself is said to stand
     * elsewhere: some libraries list every hold there.
     */
    static AccountHold hold(AccountHold hold, ItemInformationResponse answer, ZoneId zone) {
        boolean onShelf = answer.circulationStatus() == CirculationStatus.WAITING_ON_HOLD_SHELF
                || answer.circulationStatus() == CirculationStatus.OTHER;
        boolean ready = hold.ready() && onShelf;
        return hold.told(
                ready,
                answer.titleIdentifier(),
                text(SHELF, answer.itemProperties()),
                answer.currentLocation().map(String::strip).filter(code -> ready && !code.isEmpty()),
                answer.holdPickupDate()
                        .flatMap(day -> day.instant(zone))
                        .filter(_ -> ready)
                        .map(instant -> LocalDate.ofInstant(instant, zone)));
    }

    /** The groups of fields that begin with CG, as FOLIO's edge-sip2 has them. */
    static List<AccountFee> fees(PatronInformationResponse answer) {
        String currency = answer.currencyType().orElse("EUR");
        List<Map<String, String>> groups = new ArrayList<>();
        for (CodedField field : answer.extras()) {
            if (field instanceof CodedField.Text(String code, String value)) {
                if (code.equals("CG")) {
                    groups.add(new HashMap<>());
                }
                if (!groups.isEmpty()) {
                    groups.getLast().putIfAbsent(code, value);
                }
            }
        }
        return groups.stream().flatMap(group -> fee(group, currency).stream()).toList();
    }

    private static Optional<AccountFee> fee(Map<String, String> group, String currency) {
        String amount = Objects.requireNonNullElse(group.get("FA"), "").strip().replace(',', '.');
        if (!amount.matches("\\d{1,9}(\\.\\d{1,4})?")) {
            return Optional.empty();
        }
        return Optional.of(new AccountFee(
                AccountFee.Kind.of(Objects.requireNonNullElse(group.get("FF"), "")),
                Optional.ofNullable(group.get("FD")).map(String::strip).filter(title -> !title.isEmpty()),
                new Money(new BigDecimal(amount), currency),
                day(Objects.requireNonNullElse(group.get("FC"), ""))));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(Pattern pattern, Optional<String> properties) {
        return text(pattern, properties).map(Integer::parseInt);
    }

    private static Optional<String> text(Pattern pattern, Optional<String> properties) {
        Matcher matcher = pattern.matcher(properties.orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean positive(Optional<String> count) {
        return count.orElse("").strip().matches("0*[1-9]\\d*");
    }
}

package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Against;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Costs;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Lend;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Refused;
import fi.kimppa.gateway.backend.koha.CheckoutVerdict.Yours;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 11: asks what speaks against the loan, and then for the loan (Koha/REST/V1/Checkouts.pm). A thing that the
 * patron has already is told as the loan that it is and never renewed. Everything is read before the loan is asked for,
 * so that nothing can fail after it stands.
 */
final class LoanDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LoanDesk.class);

    private final Lookup lookup;
    private final Customers customers;
    private final Set<String> confirms;
    private final Answers answers;

    LoanDesk(Lookup lookup, Customers customers, Set<String> confirms, Answers answers) {
        this.lookup = lookup;
        this.customers = customers;
        this.confirms = confirms;
        this.answers = answers;
    }

    /** One loan that is wanted. */
    private record Wish(Checkout request, Visit visit, Patron patron, Item item) {}

    CheckoutResponse checkout(Checkout request, Visit visit) {
        if (request.cancel().orElse(false)) {
            return refused(request, visit, "undo.none");
        }
        return switch (customers.identify(visit, request.patronIdentifier(), request.patronPassword())) {
            case Customers.Stranger(String text) -> refused(request, visit, text);
            case Customers.Customer(Patron patron) ->
                lookup.item(visit, request.itemIdentifier())
                        .map(item -> lend(new Wish(request, visit, patron, item), true))
                        .orElseGet(() -> refused(request, visit, "item.unknown"));
        };
    }

    /** Where Koha's questions change between the two calls (412, nothing was done), they are looked at once more. */
    private CheckoutResponse lend(Wish wish, boolean mayLookAgain) {
        return switch (availability(wish)) {
            case Lend lend -> {
                Answer answer = ask(wish, lend);
                yield answer.status() == 412 && mayLookAgain ? lend(wish, false) : told(wish, answer);
            }
            case Against against -> decided(wish, against);
        };
    }

    private CheckoutVerdict availability(Wish wish) {
        return CheckoutVerdict.of(
                wish.visit.read(Call.get("checkouts", "availability")
                        .query("patron_id", Long.toString(wish.patron.id()))
                        .query("item_id", Long.toString(wish.item.id()))),
                confirms,
                wish.request.feeAcknowledged().orElse(false));
    }

    private static Answer ask(Wish wish, Lend lend) {
        Call call = Call.post("checkouts").json(Map.of("patron_id", wish.patron.id(), "item_id", wish.item.id()));
        return wish.visit.exchange(
                lend.token().map(token -> call.query("confirmation", token)).orElse(call));
    }

    private CheckoutResponse told(Wish wish, Answer answer) {
        return switch (answer.status()) {
            case 200, 201 -> lent(wish, loan(wish, answer));
            case 403 -> {
                LOG.info("Koha refuses a loan at {}: {}", wish.visit.terminal().login(), Visit.error(answer));
                yield decided(wish, CheckoutVerdict.ofRefusal(Visit.error(answer)));
            }
            default -> {
                String code = answer.json()
                        .map(body -> body.path("error_code").asString(""))
                        .orElse("");
                LOG.warn(
                        "Koha lends nothing at {}: {} {}", wish.visit.terminal().login(), answer, code);
                yield refused(
                        wish.request,
                        wish.visit,
                        switch (code) {
                            case "ITEM_NOT_FOUND" -> "item.unknown";
                            case "PATRON_NOT_FOUND" -> "card.unknown";
                            default -> Reasons.STAFF;
                        });
            }
        };
    }

    private Loan loan(Wish wish, Answer answer) {
        Loan loan = answer.json()
                .map(Loan::of)
                .filter(made -> made.id() > 0 && made.item() == wish.item.id())
                .orElseThrow(() -> wish.visit.senseless(Call.post("checkouts"), answer));
        if (!loan.library().equals(wish.visit.client().library())) {
            LOG.warn(
                    "Koha books loans of branch {} at {}: look at the branch of its user",
                    wish.visit.terminal().branchCode(),
                    loan.library());
        }
        return loan;
    }

    private CheckoutResponse decided(Wish wish, Against against) {
        return switch (against) {
            case Yours _ ->
                lookup.loans(wish.visit, wish.patron).stream()
                        .filter(loan -> loan.item() == wish.item.id())
                        .findFirst()
                        .map(loan -> lent(wish, loan))
                        .orElseGet(() -> refused(wish.request, wish.visit, CheckoutKey.RENEW_ISSUE.text()));
            case Costs(BigDecimal fee) ->
                refused(wish.request, wish.visit, CheckoutKey.RENTALCHARGE.text())
                        .costing(FeeDesk.RENTAL, FeeDesk.CURRENCY, fee);
            case Refused(String text, Set<String> keys) -> {
                LOG.info("Koha lends nothing at {}: {}", wish.visit.terminal().login(), new TreeSet<>(keys));
                yield refused(wish.request, wish.visit, text);
            }
        };
    }

    private CheckoutResponse lent(Wish wish, Loan loan) {
        return CheckoutResponse.lent(
                false,
                MagneticMedia.U,
                answers.now(),
                wish.visit.terminal().institutionId(),
                wish.request.patronIdentifier(),
                wish.request.itemIdentifier(),
                wish.item.title(),
                answers.dueDate(loan.due()),
                Optional.empty(),
                List.of());
    }

    private CheckoutResponse refused(Checkout request, Visit visit, String text) {
        return answers.refusal(CheckoutResponse.class, request, visit, text);
    }
}

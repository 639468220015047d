package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 29, and 65 as a loop of it, since Koha renews loans one by one. What was renewed today is not renewed again: a
 * repeat after a lost answer would use up one more renewal.
 */
final class RenewDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RenewDesk.class);

    private final Lookup lookup;
    private final Customers customers;
    private final Answers answers;

    RenewDesk(Lookup lookup, Customers customers, Answers answers) {
        this.lookup = lookup;
        this.customers = customers;
        this.answers = answers;
    }

    /** What became of one renewal. */
    private sealed interface Outcome {
        /** The loan runs until then. */
        record Renewed(Optional<Instant> due) implements Outcome {}

        /** No, and the sentence for it. */
        record Refused(String text) implements Outcome {}
    }

    RenewResponse renew(Renew request, Visit visit) {
        if (request.itemIdentifier().isEmpty()) {
            return refused(request, visit, "renew.which");
        }
        return switch (customers.identifyHolder(visit, request.patronIdentifier(), request.patronPassword())) {
            case Customers.Stranger(String text) -> refused(request, visit, text);
            case Customers.Customer(Patron patron) -> {
                Optional<Item> item =
                        lookup.item(visit, request.itemIdentifier().get());
                Optional<Loan> loan = item.flatMap(thing -> lookup.loans(visit, patron).stream()
                        .filter(open -> open.item() == thing.id())
                        .findFirst());
                if (loan.isEmpty()) {
                    yield refused(request, visit, item.isPresent() ? "renew.none" : "item.unknown");
                }
                yield switch (renew(visit, loan.get())) {
                    case Outcome.Renewed(Optional<Instant> due) -> renewed(request, visit, item.orElseThrow(), due);
                    case Outcome.Refused(String text) -> refused(request, visit, text);
                };
            }
        };
    }

    RenewAllResponse renewAll(RenewAll request, Visit visit) {
        return switch (customers.identifyHolder(visit, request.patronIdentifier(), request.patronPassword())) {
            case Customers.Stranger(String text) ->
                answer(visit, false, List.of(), List.of(), answers.screen(visit, text));
            case Customers.Customer(Patron patron) -> {
                List<Loan> loans = lookup.loans(visit, patron);
                yield loans.isEmpty()
                        ? answer(visit, true, List.of(), List.of(), answers.screen(visit, "renew.all.none"))
                        : loop(
                                visit,
                                loans,
                                lookup.items(
                                        visit, loans.stream().map(Loan::item).toList()));
            }
        };
    }

    /** What is renewed stays renewed when Koha goes silent in between, and is told; the rest is told as not renewed. */
    private RenewAllResponse loop(Visit visit, List<Loan> loans, Map<Long, Item> items) {
        List<String> renewed = new ArrayList<>();
        List<String> unrenewed = new ArrayList<>();
        List<String> screen = new ArrayList<>();
        for (Loan loan : loans) {
            String number = Optional.ofNullable(items.get(loan.item()))
                    .map(Item::barcode)
                    .orElse("");
            switch (renewUnlessGone(visit, loan, !renewed.isEmpty())) {
                case Outcome.Renewed _ -> renewed.add(number);
                case Outcome.Refused(String text) -> {
                    unrenewed.add(number);
                    screen.add(answers.text(visit, "renew.all.refused", number, answers.text(visit, text)));
                }
            }
        }
        return answer(visit, true, renewed, unrenewed, screen);
    }

    private Outcome renewUnlessGone(Visit visit, Loan loan, boolean someDone) {
        try {
            return renew(visit, loan);
        } catch (BackendSilentException e) {
            if (someDone && e.outcomeKnown()) {
                return new Outcome.Refused("renew.later");
            }
            throw e;
        } catch (BackendBusyException e) {
            if (someDone) {
                return new Outcome.Refused("renew.later");
            }
            throw e;
        }
    }

    private Outcome renew(Visit visit, Loan loan) {
        if (loan.renewed().map(answers::day).filter(answers.today()::equals).isPresent()) {
            return new Outcome.Renewed(loan.due());
        }
        Call call = Call.post("checkouts", Long.toString(loan.id()), "renewals");
        Answer answer = visit.exchange(call);
        if (answer.ok()) {
            return new Outcome.Renewed(answer.json()
                    .map(Loan::of)
                    .filter(made -> made.id() == loan.id())
                    .orElseThrow(() -> visit.senseless(call, answer))
                    .due());
        }
        String error = Visit.error(answer);
        LOG.info("Koha renews nothing at {}: {} {}", visit.terminal().login(), answer, error);
        return new Outcome.Refused(answer.status() == 404 ? "renew.none" : Reasons.renewal(error));
    }

    private RenewResponse renewed(Renew request, Visit visit, Item item, Optional<Instant> due) {
        return RenewResponse.renewed(
                MagneticMedia.U,
                answers.now(),
                visit.terminal().institutionId(),
                request.patronIdentifier(),
                item.barcode(),
                item.title(),
                answers.dueDate(due),
                Optional.empty());
    }

    private RenewResponse refused(Renew request, Visit visit, String text) {
        return answers.refusal(RenewResponse.class, request, visit, text);
    }

    private RenewAllResponse answer(
            Visit visit, boolean ok, List<String> renewed, List<String> unrenewed, List<String> screen) {
        return RenewAllResponse.of(ok, answers.now(), visit.terminal().institutionId(), renewed, unrenewed, screen);
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.statistics.DailyCounts;
import fi.kimppa.gateway.statistics.Deed;
import fi.kimppa.gateway.statistics.Deed.Kind;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What is counted of a change that was done: where, for whose resident and whose thing, never who and what. A change and its
 * figures are on the disk together, because the journal counts where it moves a row to done. May be used by several threads.
 */
@Component
class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final Router router;
    private final Consortium consortium;
    private final DailyCounts counts;
    private final Agreements agreements;

    Figures(Router router, Consortium consortium, DailyCounts counts, Agreements agreements) {
        this.agreements = agreements;
        this.router = router;
        this.consortium = consortium;
        this.counts = counts;
    }

    /**
     * A change as it was written down.
     *
     * @param taken when the gateway took it
     * @param answer what is known of the library system's answer
     */
    record Done(Terminal terminal, Instant taken, Request request, Optional<Response> answer) {
        /** Whether it takes back another (BI). */
        boolean undoes() {
            return Change.of(request).filter(Change::cancel).isPresent();
        }
    }

    /**
     * Counts a change, in the transaction that is under way.
     *
     * @param before the last change of the same thing that was done; what a change that undoes takes back
     */
    void count(Done done, Optional<Done> before) {
        agreements.count(done.request);
        List<Deed> deeds;
        try {
            deeds = done.undoes()
                    ? before.filter(last -> !last.undoes()).stream()
                            .flatMap(last -> deeds(last).stream())
                            .map(Deed::undone)
                            .toList()
                    : deeds(done);
        } catch (RuntimeException e) {
            // No figure is worth a patron's loan.
            LOG.error("A {} is not counted", done.request.type().code(), e);
            return;
        }
        counts.add(deeds);
    }

    private List<Deed> deeds(Done done) {
        return switch (done.request) {
            case Checkout r -> {
                boolean renewed = done.answer
                        .filter(answer -> answer instanceof CheckoutResponse lent && lent.renewalOk())
                        .isPresent();
                yield List.of(deed(
                        done,
                        renewed ? Kind.RENEWAL : Kind.LOAN,
                        r.patronIdentifier(),
                        owner(r.itemIdentifier(), r.itemProperties()),
                        1));
            }
            case Renew r ->
                List.of(deed(
                        done,
                        Kind.RENEWAL,
                        r.patronIdentifier(),
                        r.itemIdentifier()
                                .map(item -> owner(item, r.itemProperties()))
                                .orElse(""),
                        1));
            case RenewAll r ->
                done.answer
                        .filter(RenewAllResponse.class::isInstance)
                        .map(RenewAllResponse.class::cast)
                        .map(answer -> renewals(done, r, answer))
                        .orElse(List.of());
            case Checkin r -> List.of(back(done, r));
            default -> List.of();
        };
    }

    /** Which things they were is known only where the patron was: without a PIN the answer says how many. */
    private List<Deed> renewals(Done done, RenewAll request, RenewAllResponse answer) {
        List<Deed> deeds = new ArrayList<>();
        int count = answer.renewedCount().orElse(answer.renewedItems().size());
        answer.renewedItems().stream()
                .limit(count)
                .map(item -> deed(done, Kind.RENEWAL, request.patronIdentifier(), owner(item, Optional.empty()), 1))
                .forEach(deeds::add);
        if (count > deeds.size()) {
            deeds.add(deed(done, Kind.RENEWAL, request.patronIdentifier(), "", count - deeds.size()));
        }
        return deeds;
    }

    private Deed back(Done done, Checkin request) {
        String branch = router.branchOf(request.currentLocation(), done.terminal);
        Optional<CheckinResponse> answer =
                done.answer.filter(CheckinResponse.class::isInstance).map(CheckinResponse.class::cast);
        return new Deed(
                day(done),
                Kind.RETURN,
                branch,
                "",
                router.owner(
                                answer.map(CheckinResponse::permanentLocation),
                                request.itemProperties(),
                                request.itemIdentifier())
                        .orElse(""),
                answer.flatMap(CheckinResponse::destinationLocation)
                        .map(String::strip)
                        .filter(there -> !there.equals(branch))
                        .orElse(""),
                1);
    }

    private Deed deed(Done done, Kind kind, String card, String owner, int times) {
        return new Deed(
                day(done),
                kind,
                done.terminal.branchCode(),
                consortium.byNumber(Numbers.CARD, card).orElse(""),
                owner,
                "",
                times);
    }

    private String owner(String item, Optional<String> itemProperties) {
        return router.owner(Optional.empty(), itemProperties, item).orElse("");
    }

    private static LocalDate day(Done done) {
        return LocalDate.ofInstant(done.taken, GatewayClock.ZONE);
    }
}

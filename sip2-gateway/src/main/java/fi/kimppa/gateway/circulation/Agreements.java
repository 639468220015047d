package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The agreements of partners, and of members for a time, that a loan or a hold touches: those of the card's municipality
 * and of the thing's, where they are not the same. May be used by several threads.
 */
@Component
public class Agreements {
    private final Consortium consortium;
    private final JdbcClient jdbc;
    private final Clock clock;

    Agreements(Consortium consortium, JdbcClient jdbc, Clock clock) {
        this.consortium = consortium;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The agreements over whose border a thing goes.
     *
     * @param card code of the municipality of the card
     * @param thing code of the municipality that owns the thing
     */
    public List<Agreement> between(String card, String thing) {
        return card.equals(thing)
                ? List.of()
                : Stream.of(card, thing)
                        .flatMap(municipality -> consortium.agreement(municipality).stream())
                        .toList();
    }

    /**
     * Why a change is out of the question whatever the library system says: by the number rules card and thing are of two municipalities, and
     * the agreement of one has not begun or is over, allows no holds, or has as many loans as were agreed. What has happened already is no
     * question.
     *
     * @param counted whether the library system knows agreements itself, as our own store does, which counts loans under a lock
     * @return the reason's key
     */
    Optional<String> against(Request request, boolean counted) {
        if (counted && !(request instanceof Checkout)) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.now(clock);
        List<Agreement> touched = touched(request);
        if (touched.stream().anyMatch(agreement -> !agreement.begun(today) || agreement.over(today))) {
            return Optional.of("agreement.closed");
        }
        return switch (request) {
            case Hold _
            when touched.stream().anyMatch(agreement -> !agreement.holds()) -> Optional.of("agreement.holds");
            case Checkout checkout
            when !counted && touched.stream().anyMatch(agreement -> full(agreement, checkout.itemIdentifier())) ->
                Optional.of("agreement.full");
            default -> Optional.empty();
        };
    }

    /** The agreements that a loan, renewal or new hold touches. */
    private List<Agreement> touched(Request request) {
        return switch (request) {
            case Checkout r
            when !r.noBlock() && !r.cancel().orElse(false) ->
                between(r.patronIdentifier(), Optional.of(r.itemIdentifier()));
            case Renew r when !r.noBlock() -> between(r.patronIdentifier(), r.itemIdentifier());
            case Hold r when r.holdMode() == HoldMode.ADD -> between(r.patronIdentifier(), r.itemIdentifier());
            default -> List.of();
        };
    }

    private List<Agreement> between(String card, Optional<String> item) {
        return border(card, item)
                .map(border -> between(border.card, border.thing))
                .orElse(List.of());
    }

    /** The two sides of a loan that goes over a border. */
    private record Border(String card, String thing) {}

    private Optional<Border> border(String card, Optional<String> item) {
        return consortium
                .byNumber(Numbers.CARD, card)
                .flatMap(holder -> item.flatMap(number -> consortium.byNumber(Numbers.ITEM, number))
                        .filter(owner -> !owner.equals(holder))
                        .map(owner -> new Border(holder, owner)));
    }

    private boolean full(Agreement agreement, String item) {
        return agreement.mostLoans().isPresent()
                && jdbc.sql("""
                                select count(*) from border_loans
                                 where item <> :item and (card = :municipality or thing = :municipality)
                                """)
                                .param("item", item)
                                .param("municipality", agreement.municipality())
                                .query(Long.class)
                                .single()
                        >= agreement.mostLoans().get();
    }

    /** Keeps the count of loans over borders, in the transaction that settles a change that was done. */
    void count(Request done) {
        if (!consortium.hasAgreements()) {
            return;
        }
        switch (done) {
            case Checkout r
            when !r.cancel().orElse(false) ->
                border(r.patronIdentifier(), Optional.of(r.itemIdentifier()))
                        .filter(border -> !between(border.card, border.thing).isEmpty())
                        .ifPresentOrElse(border -> add(r.itemIdentifier(), border), () -> remove(r.itemIdentifier()));
            case Checkin r -> remove(r.itemIdentifier());
            default -> {}
        }
    }

    private void add(String item, Border border) {
        jdbc.sql("""
                        insert into border_loans (item, card, thing, since) values (:item, :card, :thing, :now)
                        on conflict (item) do update set card = :card, thing = :thing
                        """)
                .param("item", item)
                .param("card", border.card)
                .param("thing", border.thing)
                .param("now", Journal.at(clock.instant()))
                .update();
    }

    private void remove(String item) {
        jdbc.sql("delete from border_loans where item = :item")
                .param("item", item)
                .update();
    }
}

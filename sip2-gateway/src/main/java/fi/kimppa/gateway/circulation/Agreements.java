package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Agreement;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.sip2.message.Checkout;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The agreements of partners, and of members for a time, that a loan or a hold touches: those of the card's municipality
 * and of the thing's, where they are not the same. May be used by several threads.
 */
@Component
public class Agreements {
    private final Consortium consortium;
    private final Clock clock;

    Agreements(Consortium consortium, Clock clock) {
        this.consortium = consortium;
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
     * Whether a loan is out of the question whatever the library system says: by the number rules card and thing are of
     * two municipalities, and the agreement of one has not begun or is over. What has happened already is no question.
     */
    boolean closed(Checkout request) {
        LocalDate today = LocalDate.now(clock);
        return !request.noBlock()
                && !request.cancel().orElse(false)
                && consortium
                        .byNumber(Numbers.CARD, request.patronIdentifier())
                        .flatMap(card -> consortium
                                .byNumber(Numbers.ITEM, request.itemIdentifier())
                                .map(thing -> between(card, thing)))
                        .orElse(List.of())
                        .stream()
                        .anyMatch(agreement -> !agreement.begun(today) || agreement.over(today));
    }
}

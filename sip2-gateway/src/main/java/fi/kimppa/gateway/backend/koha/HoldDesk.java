package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 15: places, moves and deletes holds (Koha/REST/V1/Holds.pm). */
final class HoldDesk {
    private static final Logger LOG = LoggerFactory.getLogger(HoldDesk.class);

    /** BY of a hold on this copy and no other. */
    private static final String THIS_COPY = "3";

    private final Lookup lookup;
    private final Customers customers;
    private final Branches branches;
    private final Answers answers;

    HoldDesk(Lookup lookup, Customers customers, Branches branches, Answers answers) {
        this.lookup = lookup;
        this.customers = customers;
        this.branches = branches;
        this.answers = answers;
    }

    /**
     * What is asked for.
     *
     * @param biblio Koha's number of the record
     * @param item the copy, if one is named
     * @param mine the patron's holds on that record
     */
    private record Wish(
            Hold request, Visit visit, Patron patron, long biblio, Optional<Item> item, List<Found.Hold> mine) {
        /** The hold that is meant: the one on this copy first. */
        Optional<Found.Hold> meant() {
            return mine.stream()
                    .filter(hold ->
                            item.filter(copy -> copy.id() == hold.item()).isPresent())
                    .findFirst()
                    .or(() -> mine.stream().findFirst());
        }
    }

    HoldResponse hold(Hold request, Visit visit) {
        return switch (customers.identifyHolder(visit, request.patronIdentifier(), request.patronPassword())) {
            case Customers.Stranger(String text) -> refused(request, visit, text);
            case Customers.Customer(Patron patron) -> {
                Optional<Item> item = request.itemIdentifier().flatMap(number -> lookup.item(visit, number));
                Optional<Long> biblio = request.itemIdentifier().isPresent()
                        ? item.map(Item::biblio)
                        : request.titleIdentifier()
                                .filter(text -> text.matches("\\d{1,18}"))
                                .map(Long::valueOf);
                yield biblio.map(record -> decide(request, visit, patron, record, item))
                        .orElseGet(() -> refused(request, visit, "hold.unknown"));
            }
        };
    }

    private HoldResponse decide(Hold request, Visit visit, Patron patron, long biblio, Optional<Item> item) {
        List<Found.Hold> mine = lookup.holds(visit, patron).orElse(List.of()).stream()
                .filter(hold -> hold.biblio() == biblio)
                .toList();
        Wish wish = new Wish(request, visit, patron, biblio, item, mine);
        return switch (request.holdMode()) {
            case ADD -> mine.isEmpty() ? place(wish) : refused(request, visit, "hold.already");
            case DELETE ->
                wish.meant().map(hold -> delete(wish, hold)).orElseGet(() -> refused(request, visit, "hold.none"));
            case CHANGE ->
                wish.meant().map(hold -> move(wish, hold)).orElseGet(() -> refused(request, visit, "hold.none"));
        };
    }

    private HoldResponse place(Wish wish) {
        Map<String, Object> body = new HashMap<>(
                Map.of("patron_id", wish.patron.id(), "biblio_id", wish.biblio, "pickup_library_id", pickup(wish)));
        wish.item
                .filter(_ -> wish.request.holdType().filter(THIS_COPY::equals).isPresent())
                .ifPresent(copy -> body.put("item_id", copy.id()));
        wish.request
                .expirationDate()
                .flatMap(answers::day)
                .ifPresent(day -> body.put("expiration_date", day.toString()));
        Call call = Call.post("holds").json(body);
        Answer answer = wish.visit.exchange(call);
        if (!answer.ok()) {
            return refused(wish, answer);
        }
        Found.Hold placed = answer.json()
                .map(Found.Hold::of)
                .filter(hold -> hold.id() > 0)
                .orElseThrow(() -> wish.visit.senseless(call, answer));
        return done(wish, "hold.placed", Optional.of(placed.priority()).filter(place -> place > 0));
    }

    private HoldResponse delete(Wish wish, Found.Hold hold) {
        Answer answer = wish.visit.exchange(Call.delete("holds", Long.toString(hold.id())));
        if (answer.status() == 404) {
            return refused(wish.request, wish.visit, "hold.none");
        }
        return answer.ok() ? done(wish, "hold.deleted", Optional.empty()) : refused(wish, answer);
    }

    private HoldResponse move(Wish wish, Found.Hold hold) {
        if (hold.waiting()) {
            return refused(wish.request, wish.visit, "hold.ready");
        }
        Answer answer = wish.visit.exchange(Call.put("holds", Long.toString(hold.id()), "pickup_location")
                .json(Map.of("pickup_library_id", pickup(wish))));
        return answer.ok() ? done(wish, "hold.changed", Optional.empty()) : refused(wish, answer);
    }

    private String pickup(Wish wish) {
        return wish.request
                .pickupLocation()
                .filter(code -> !code.isBlank())
                .map(branches::theirs)
                .orElseGet(() -> branches.library(wish.visit.terminal()));
    }

    private HoldResponse refused(Wish wish, Answer answer) {
        String error = Visit.error(answer);
        LOG.info("Koha refuses a hold at {}: {} {}", wish.visit.terminal().login(), answer, error);
        return refused(wish.request, wish.visit, Reasons.hold(error));
    }

    private HoldResponse refused(Hold request, Visit visit, String text) {
        return answers.refusal(HoldResponse.class, request, visit, text);
    }

    private HoldResponse done(Wish wish, String text, Optional<Integer> place) {
        String branch = branches.ours(pickup(wish));
        return new HoldResponse(
                true,
                false,
                answers.now(),
                wish.request.expirationDate(),
                place.map(number -> Integer.toString(number)),
                Optional.of(branch),
                wish.visit.terminal().institutionId(),
                wish.request.patronIdentifier(),
                wish.request.itemIdentifier(),
                wish.item.map(Item::title).or(wish.request::titleIdentifier),
                answers.screen(wish.visit, text, branch),
                List.of(),
                List.of());
    }
}

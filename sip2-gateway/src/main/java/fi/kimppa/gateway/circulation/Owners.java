package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Which library system has an item or a card, in this order: the owner on the tag, the number rules of the consortium,
 * and, where several systems are left, asking them (17, or 23 without a PIN), the terminal's own first and then by name.
 * What was found by asking is remembered for an hour, in memory: it is a hint, and a thing that moved is asked for anew.
 * May be used by several threads.
 */
@Component
class Owners {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 50_000;

    private final LibrarySystems systems;
    private final Consortium consortium;
    private final Clock clock;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    Owners(LibrarySystems systems, Consortium consortium, Clock clock) {
        this.systems = systems;
        this.consortium = consortium;
        this.clock = clock;
    }

    private record Found(LibrarySystem system, Instant until) {}

    /**
     * The system that a request is for: the item's, and the card's where no item is named. Where no system has it, the
     * terminal's own: it says no in its own words. Blocks while several have to be asked.
     *
     * @return empty if none of those that answered has it and not all of them answered
     */
    Optional<LibrarySystem> of(Request request, Terminal terminal) {
        return switch (request) {
            case ItemInformation r -> ofItem(r.itemIdentifier(), Optional.empty(), terminal);
            case ItemStatusUpdate r -> ofItem(r.itemIdentifier(), Optional.empty(), terminal);
            case Checkout r -> ofItem(r.itemIdentifier(), r.itemProperties(), terminal);
            case Checkin r -> ofItem(r.itemIdentifier(), r.itemProperties(), terminal);
            case Renew r ->
                r.itemIdentifier()
                        .map(item -> ofItem(item, r.itemProperties(), terminal))
                        .orElseGet(() -> ofCard(r.patronIdentifier(), terminal));
            case RenewAll r -> ofCard(r.patronIdentifier(), terminal);
            case Hold r -> ofCard(r.patronIdentifier(), terminal);
            case FeePaid r -> ofCard(r.patronIdentifier(), terminal);
            case PatronStatusRequest r -> ofCard(r.patronIdentifier(), terminal);
            case PatronInformation r -> ofCard(r.patronIdentifier(), terminal);
            case BlockPatron r -> ofCard(r.patronIdentifier(), terminal);
            case PatronEnable r -> ofCard(r.patronIdentifier(), terminal);
            case EndPatronSession r -> ofCard(r.patronIdentifier(), terminal);
            case Login _, ScStatus _, RequestAcsResend _ ->
                throw new IllegalArgumentException(request.type().title() + " is the session's own matter");
        };
    }

    private Optional<LibrarySystem> ofItem(String item, Optional<String> itemProperties, Terminal terminal) {
        return Router.ownerOnTag(itemProperties)
                .flatMap(consortium::branchWithIsil)
                .map(branch -> systems.ofBranch(branch.code()))
                .or(() -> byRule(Numbers.ITEM, item))
                .or(() -> asked("item " + item, terminal, system -> hasItem(system, item, terminal)));
    }

    private Optional<LibrarySystem> ofCard(String card, Terminal terminal) {
        return byRule(Numbers.CARD, card)
                .or(() -> asked("card " + card, terminal, system -> hasCard(system, card, terminal)));
    }

    private Optional<LibrarySystem> byRule(Numbers numbers, String number) {
        return consortium
                .byNumber(numbers, number)
                .flatMap(consortium::municipality)
                .map(systems::of);
    }

    private Optional<LibrarySystem> asked(
            String key, Terminal terminal, Function<LibrarySystem, Outcome<Boolean>> question) {
        List<LibrarySystem> candidates = systems.all();
        if (candidates.size() == 1) {
            return Optional.of(candidates.getFirst());
        }
        Optional<LibrarySystem> known = remembered(key).filter(candidates::contains);
        if (known.isPresent()) {
            return known;
        }
        LibrarySystem own = systems.ofBranch(terminal.branchCode());
        List<LibrarySystem> inOrder = new ArrayList<>(candidates);
        inOrder.sort(Comparator.comparing(system -> !system.equals(own)));
        boolean allAnswered = true;
        for (LibrarySystem system : inOrder) {
            switch (question.apply(system)) {
                case Outcome.Answered<Boolean>(Boolean has)
                when has -> {
                    remember(key, system);
                    return Optional.of(system);
                }
                case Outcome.Answered<Boolean> _ -> {}
                case Outcome.NotDone<Boolean> _, Outcome.Unknown<Boolean> _ -> allAnswered = false;
            }
        }
        return allAnswered ? Optional.of(own) : Optional.empty();
    }

    /**
     * Whether nobody owns a thing: its tag names no owner, no rule knows its number, and every library system says that
     * it does not have it. Blocks while all are asked.
     *
     * @return false also while one of them is silent
     */
    boolean nobodyHas(String item, Optional<String> itemProperties, Terminal terminal) {
        return Router.ownerOnTag(itemProperties).isEmpty()
                && byRule(Numbers.ITEM, item).isEmpty()
                && systems.all().stream()
                        .allMatch(system ->
                                hasItem(system, item, terminal) instanceof Outcome.Answered<Boolean>(Boolean has)
                                        && !has);
    }

    private Outcome<Boolean> hasItem(LibrarySystem system, String item, Terminal terminal) {
        ItemInformation question =
                new ItemInformation(now(), terminal.institutionId(), item, Optional.empty(), List.of());
        return system.call(backend ->
                !backend.itemInformation(question, terminal).titleIdentifier().isBlank());
    }

    private Outcome<Boolean> hasCard(LibrarySystem system, String card, Terminal terminal) {
        PatronStatusRequest question = new PatronStatusRequest(
                Language.UNSPECIFIED.code(),
                now(),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                List.of());
        return system.call(backend ->
                backend.patronStatus(question, terminal).validPatron().orElse(true));
    }

    private Optional<LibrarySystem> remembered(String key) {
        return Optional.ofNullable(found.get(key))
                .filter(known -> clock.instant().isBefore(known.until))
                .map(Found::system);
    }

    private void remember(String key, LibrarySystem system) {
        if (found.size() >= MOST_REMEMBERED) {
            forget();
        }
        found.put(key, new Found(system, clock.instant().plus(REMEMBERED)));
    }

    /** Drops what was found by asking. */
    void forget() {
        found.clear();
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}

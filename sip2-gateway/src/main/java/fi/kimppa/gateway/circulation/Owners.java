package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.circulation.SystemDirectory.Known;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.Errand;
import fi.kimppa.gateway.cutover.Turn;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.ScStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Which library system has an item or a card, in this order: the owner on the tag, the number rules of the consortium,
 * and, where several systems are left, asking them (17, or 23 without a PIN), the terminal's own first and then by name.
 * What was found by asking is remembered for an hour, in memory: it is a hint, and a thing that moved is asked for anew.
 * While a municipality changes its library system, {@link CutOver#turn} says whose turn it is, of what is found either way. May be
 * used by several threads.
 */
@Component
class Owners {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 50_000;

    private final LibrarySystems systems;
    private final SystemDirectory directory;
    private final CutOvers cutOvers;
    private final Consortium consortium;
    private final Clock clock;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    Owners(LibrarySystems systems, SystemDirectory directory, CutOvers cutOvers, Consortium consortium, Clock clock) {
        this.systems = systems;
        this.directory = directory;
        this.cutOvers = cutOvers;
        this.consortium = consortium;
        this.clock = clock;
    }

    /** @param home code of the branch where it is at home, where the library system says so */
    private record Found(LibrarySystem system, Optional<String> home, Instant until) {}

    /**
     * What is looked for.
     *
     * @param key names it among what is remembered
     * @param question asks a library system whether it has it
     */
    private record Sought(
            Errand errand, String key, Terminal terminal, Function<LibrarySystem, Outcome<Known>> question) {}

    /**
     * Who is asked: the item's library system, and the card's where no item is named. Where no system has it, the
     * terminal's own: it says no in its own words. Blocks while several have to be asked.
     */
    Asked of(Request request, Terminal terminal) {
        Errand errand = Errand.of(request);
        return switch (request) {
            case ItemInformation r -> ofItem(errand, r.itemIdentifier(), Optional.empty(), terminal);
            case ItemStatusUpdate r -> ofItem(errand, r.itemIdentifier(), Optional.empty(), terminal);
            case Checkout r -> ofItem(errand, r.itemIdentifier(), r.itemProperties(), terminal);
            case Checkin r -> ofItem(errand, r.itemIdentifier(), r.itemProperties(), terminal);
            case Renew r ->
                r.itemIdentifier()
                        .map(item -> ofItem(errand, item, r.itemProperties(), terminal))
                        .orElseGet(() -> ofCard(errand, r.patronIdentifier(), terminal));
            case RenewAll r -> ofCard(errand, r.patronIdentifier(), terminal);
            case Hold r -> ofCard(errand, r.patronIdentifier(), terminal);
            case FeePaid r -> ofCard(errand, r.patronIdentifier(), terminal);
            case PatronStatusRequest r -> ofCard(errand, r.patronIdentifier(), terminal);
            case PatronInformation r -> ofCard(errand, r.patronIdentifier(), terminal);
            case BlockPatron r -> ofCard(errand, r.patronIdentifier(), terminal);
            case PatronEnable r -> ofCard(errand, r.patronIdentifier(), terminal);
            case EndPatronSession r -> ofCard(errand, r.patronIdentifier(), terminal);
            case Login _, ScStatus _, RequestAcsResend _ ->
                throw new IllegalArgumentException(request.type().title() + " is the session's own matter");
        };
    }

    private Asked ofItem(Errand errand, String item, Optional<String> itemProperties, Terminal terminal) {
        Sought sought = new Sought(errand, "item " + item, terminal, system -> hasItem(system, item, terminal));
        return Router.ownerOnTag(itemProperties)
                .flatMap(consortium::branchWithIsil)
                .map(Branch::municipality)
                .flatMap(consortium::municipality)
                .or(() -> byRule(Numbers.ITEM, item))
                .map(municipality -> ofMunicipality(municipality, sought))
                .orElseGet(() -> byAsking(sought));
    }

    private Asked ofCard(Errand errand, String card, Terminal terminal) {
        Sought sought = new Sought(
                errand,
                "card " + card,
                terminal,
                system -> system.call(backend -> directory.card(backend, card, terminal)));
        return byRule(Numbers.CARD, card)
                .map(municipality -> ofMunicipality(municipality, sought))
                .orElseGet(() -> byAsking(sought));
    }

    private Optional<Municipality> byRule(Numbers numbers, String number) {
        return consortium.byNumber(numbers, number).flatMap(consortium::municipality);
    }

    private Outcome<Known> hasItem(LibrarySystem system, String item, Terminal terminal) {
        return system.call(backend -> directory.item(backend, item, terminal));
    }

    // ---- a municipality's --------------------------------------------------------------------------------

    private Asked ofMunicipality(Municipality municipality, Sought sought) {
        return cutOvers.underWay(municipality.code())
                .map(cutOver -> inTurn(cutOver, sought))
                .orElseGet(() -> Asked.only(systems.of(municipality)));
    }

    private Asked inTurn(CutOver cutOver, Sought sought) {
        return switch (cutOver.turn(sought.errand, clock.instant())) {
            case Turn.One(String system) -> only(systems.named(system), cutOver);
            case Turn.Nobody _ -> Asked.nobody(cutOver);
            case Turn.Both(String system, String then)
            when sought.errand == Errand.QUESTION ->
                new Asked(systems.named(system), systems.named(then), Optional.of(cutOver), false);
            case Turn.Both(String system, String then) -> only(whoHasIt(system, then, sought), cutOver);
        };
    }

    private Asked only(Optional<LibrarySystem> system, CutOver cutOver) {
        Optional<CutOver> underWay = Optional.of(cutOver).filter(one -> one.underWay(clock.instant()));
        return new Asked(system, Optional.empty(), underWay, false);
    }

    /**
     * The new library system, unless it says that it does not know the thing and the old one says that it does.
     *
     * @return empty if one of them had to be asked and did not answer
     */
    private Optional<LibrarySystem> whoHasIt(String system, String then, Sought sought) {
        Optional<LibrarySystem> first = systems.named(system);
        if (remembered(sought.key)
                .filter(known -> first.filter(known.system::equals).isPresent())
                .isPresent()) {
            return first;
        }
        Optional<Known> there = first.flatMap(one -> asked(one, sought));
        if (there.isEmpty() || there.get().has()) {
            return first.filter(_ -> there.isPresent());
        }
        Optional<LibrarySystem> second = systems.named(then);
        return second.flatMap(one -> asked(one, sought))
                .map(known -> known.has() ? second : first)
                .flatMap(one -> one);
    }

    // ---- by asking ---------------------------------------------------------------------------------------

    private Asked byAsking(Sought sought) {
        List<LibrarySystem> candidates = candidates(sought.errand);
        if (candidates.size() == 1 && cutOvers.underWay().isEmpty()) {
            return Asked.only(candidates.getFirst());
        }
        Optional<Found> known = remembered(sought.key).filter(one -> candidates.contains(one.system));
        if (known.isPresent()) {
            return inTurn(known.get(), sought);
        }
        LibrarySystem own = systems.ofBranch(sought.terminal.branchCode());
        List<LibrarySystem> inOrder = new ArrayList<>(candidates);
        inOrder.sort(Comparator.comparing(system -> !system.equals(own)));
        boolean allAnswered = true;
        for (LibrarySystem system : inOrder) {
            Optional<Known> answer = asked(system, sought);
            if (answer.filter(Known::has).isPresent()) {
                return inTurn(new Found(system, answer.get().home(), clock.instant()), sought);
            }
            allAnswered &= answer.isPresent();
        }
        return nobodyHas(allAnswered, own, sought);
    }

    /** What a library system says; empty if it does not answer. */
    private Optional<Known> asked(LibrarySystem system, Sought sought) {
        Optional<Known> answer = sought.question.apply(system) instanceof Outcome.Answered<Known>(Known known)
                ? Optional.of(known)
                : Optional.empty();
        answer.filter(Known::has).ifPresent(known -> remember(sought.key, system, known.home()));
        return answer;
    }

    /** Those that some municipality runs, and behind them those that one is leaving, which may have what the new one does not know. */
    private List<LibrarySystem> candidates(Errand errand) {
        Set<LibrarySystem> candidates = new LinkedHashSet<>(systems.all());
        if (errand != Errand.CHANGE) {
            cutOvers.underWay().stream()
                    .map(CutOver::from)
                    .flatMap(name -> systems.named(name).stream())
                    .forEach(candidates::add);
        }
        return List.copyOf(candidates);
    }

    /**
     * What is at home in a municipality that changes its library system, or has changed it, is found in both: the one is filled before
     * the cut-over, and the other is not emptied after it.
     */
    private Asked inTurn(Found known, Sought sought) {
        return known.home
                .flatMap(consortium::branch)
                .map(Branch::municipality)
                .flatMap(cutOvers::latest)
                .or(() -> soleUserIsLeaving(known.system))
                .filter(one -> one.concerns(known.system.name()))
                .map(one -> inTurn(one, sought))
                .orElseGet(() -> Asked.only(known.system));
    }

    /** A card says no home, and not every library system says a thing's: where one municipality alone has the system, it is that one's. */
    private Optional<CutOver> soleUserIsLeaving(LibrarySystem system) {
        List<CutOver> leaving = cutOvers.underWay().stream()
                .filter(one -> one.from().equals(system.name()))
                .toList();
        boolean others = consortium.municipalities().stream()
                .filter(one ->
                        leaving.stream().noneMatch(left -> left.municipality().equals(one.code())))
                .anyMatch(one -> systems.of(one).equals(system));
        return leaving.size() == 1 && !others ? Optional.of(leaving.getFirst()) : Optional.empty();
    }

    private Asked nobodyHas(boolean allAnswered, LibrarySystem own, Sought sought) {
        Optional<CutOver> closed = consortium
                .branch(sought.terminal.branchCode())
                .map(Branch::municipality)
                .flatMap(cutOvers::underWay)
                .filter(one -> one.turn(sought.errand, clock.instant()) instanceof Turn.Nobody);
        return closed.map(Asked::nobody).orElseGet(() -> allAnswered ? Asked.only(own) : Asked.NOBODY_KNOWS);
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
                && candidates(Errand.RETURN).stream()
                        .allMatch(system ->
                                hasItem(system, item, terminal) instanceof Outcome.Answered<Known>(Known known)
                                        && !known.has());
    }

    // ---- what was found ----------------------------------------------------------------------------------

    private Optional<Found> remembered(String key) {
        return Optional.ofNullable(found.get(key))
                .filter(known -> clock.instant().isBefore(known.until));
    }

    private void remember(String key, LibrarySystem system, Optional<String> home) {
        if (found.size() >= MOST_REMEMBERED) {
            forget();
        }
        found.put(key, new Found(system, home, clock.instant().plus(REMEMBERED)));
    }

    /** Drops what was found by asking. */
    void forget() {
        found.clear();
    }
}

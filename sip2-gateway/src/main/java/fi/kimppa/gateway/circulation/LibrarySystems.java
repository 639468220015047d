package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.sip2.wire.MessageType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The library systems of the consortium, and which municipality runs which. A municipality that names none has the one
 * that {@code kimppa.circulation.backend} names. May be used by several threads.
 */
@Component
class LibrarySystems implements SmartInitializingSingleton, DisposableBean {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, LibrarySystem> byName = new TreeMap<>();
    private final Consortium consortium;
    private final CutOvers cutOvers;
    private final Clock clock;
    private final LibrarySystem common;

    LibrarySystems(
            List<CirculationBackend> backends,
            Consortium consortium,
            CutOvers cutOvers,
            NumberMaps numbers,
            PinGuard pins,
            Deadlines deadlines,
            BreakerSettings breaker,
            JournalWatch watch,
            MeterRegistry meters,
            Clock clock,
            @Value("${kimppa.circulation.backend:embedded}") String commonName) {
        this.consortium = consortium;
        this.cutOvers = cutOvers;
        this.clock = clock;
        for (CirculationBackend backend : backends) {
            byName.put(
                    backend.name(),
                    new LibrarySystem(
                            new TranslatedBackend(pins.before(backend), numbers),
                            deadlines.backend(),
                            breaker,
                            watch::failed,
                            threads,
                            meters));
        }
        this.common = named(commonName, "kimppa.circulation.backend");
    }

    /** Looks whether everything that a municipality names, has or comes to is there, so that no patron finds out. */
    @Override
    public void afterSingletonsInstantiated() {
        consortium.municipalities().forEach(this::of);
        cutOvers.all().stream().filter(one -> one.ended().isEmpty()).forEach(one -> {
            named(one.from(), "the cut-over of " + one.municipality());
            named(one.to(), "the cut-over of " + one.municipality());
        });
    }

    /** Those that some municipality runs, by name; at least one. */
    List<LibrarySystem> all() {
        return Stream.concat(
                        Stream.of(common), consortium.municipalities().stream().map(this::of))
                .distinct()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** Every one that is configured, by name; also one that no municipality runs any more and that still owes an answer. */
    Collection<LibrarySystem> configured() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The one that a municipality runs at this moment; while it changes it, the cut-over says which. */
    LibrarySystem of(Municipality municipality) {
        Instant now = clock.instant();
        return cutOvers.underWay(municipality.code())
                .map(cutOver -> cutOver.system(now))
                .or(municipality::librarySystem)
                .map(name -> named(name, "municipality " + municipality.code()))
                .orElse(common);
    }

    /** The one that the municipality of a branch runs; for a branch that nobody knows, the common one. */
    LibrarySystem ofBranch(String branchCode) {
        return consortium
                .branch(branchCode)
                .flatMap(branch -> consortium.municipality(branch.municipality()))
                .map(this::of)
                .orElse(common);
    }

    /** The one with this name, if it is configured. */
    Optional<LibrarySystem> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private LibrarySystem named(String name, String who) {
        return named(name)
                .orElseThrow(() -> new CannotStartException(who + " names the library system " + name
                        + ", which is not configured; name one of " + String.join(", ", byName.keySet())
                        + ", or configure it under kimppa.backends"));
    }

    /** Whether at least one of them answers. */
    boolean speaking() {
        return all().stream().anyMatch(LibrarySystem::speaking);
    }

    /** The requests that at least one of them answers in full. */
    Set<MessageType> serves() {
        return all().stream()
                .flatMap(system -> system.backend().serves().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether at least one of them answers this request in full; of most requests the first that is looked at says so. */
    boolean serve(MessageType request) {
        return common.backend().serves().contains(request)
                || all().stream().anyMatch(system -> system.backend().serves().contains(request));
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}

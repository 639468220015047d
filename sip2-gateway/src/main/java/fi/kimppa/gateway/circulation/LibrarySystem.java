package fi.kimppa.gateway.circulation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A library system as the gateway speaks with it: its backend behind its own numbers and the guard of PINs, a deadline, and a {@link Breaker}. One
 * that is silent is not called again until it has answered a probe, so that a pile of returns does not wait eight
 * seconds for each; the silence of one is nothing to the others. May be used by several threads.
 */
final class LibrarySystem {
    private static final Logger LOG = LoggerFactory.getLogger(LibrarySystem.class);
    private static final Duration PROBE = Duration.ofSeconds(2);

    /** What fails within this time was refused rather than not heard. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TranslatedBackend backend;
    private final Duration deadline;
    private final Executor threads;
    private final Breaker breaker;
    private final Predicate<Throwable> ourDatabaseFailed;
    private final ReentrantLock probing = new ReentrantLock();
    private final Counter failures;
    private volatile long lastAnswer = System.nanoTime();
    private volatile Optional<Long> lastSilence = Optional.empty();

    /**
     * One that answers, until it is asked.
     *
     * @param ourDatabaseFailed whether a failure says that the gateway's own database cannot write, which is no fault of the system
     */
    LibrarySystem(
            TranslatedBackend backend,
            Duration deadline,
            BreakerSettings settings,
            Predicate<Throwable> ourDatabaseFailed,
            Executor threads,
            MeterRegistry meters) {
        this.backend = backend;
        this.deadline = deadline;
        this.threads = threads;
        this.breaker = new Breaker(settings, System::nanoTime);
        this.ourDatabaseFailed = ourDatabaseFailed;
        this.failures = Counter.builder("kimppa.backend.failures")
                .description("Calls of a library system that were not answered")
                .tag("system", backend.name())
                .register(meters);
        Gauge.builder("kimppa.backend.breaker", breaker, one -> one.state().figure())
                .description("How a library system is taken: 0 it answers, 1 one call at a time, 2 silent")
                .tag("system", backend.name())
                .register(meters);
    }

    /** What a call came to. */
    sealed interface Outcome<T> {
        /** An answer, yes or no. */
        record Answered<T>(T answer) implements Outcome<T> {}

        /** Certainly nothing was done. */
        record NotDone<T>() implements Outcome<T> {}

        /**
         * Nobody knows.
         *
         * @param late ends when the backend answers after all, or never
         */
        record Unknown<T>(CompletableFuture<T> late) implements Outcome<T> {}
    }

    /** What the consortium calls it. */
    String name() {
        return backend.name();
    }

    /** The backend itself, for what needs no answer from afar. */
    CirculationBackend backend() {
        return backend;
    }

    /** Calls the backend and waits for at most the deadline. */
    <T> Outcome<T> call(Function<? super TranslatedBackend, T> question) {
        if (!breaker.admits()) {
            return new Outcome.NotDone<>();
        }
        long begun = System.nanoTime();
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(
                () -> {
                    if (System.nanoTime() - begun > deadline.toNanos()) {
                        throw new BackendBusyException(name() + ": not asked any more, nobody waits for the answer");
                    }
                    return TimeLeft.until(begun + deadline.toNanos(), () -> question.apply(backend));
                },
                threads);
        try {
            T said = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            lastAnswer = System.nanoTime();
            breaker.answered();
            return new Outcome.Answered<>(said);
        } catch (TimeoutException e) {
            failed("no answer within " + deadline.toMillis() + " ms", begun);
            return new Outcome.Unknown<>(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breaker.neither();
            return new Outcome.Unknown<>(answer);
        } catch (ExecutionException e) {
            boolean ours = ourDatabaseFailed.test(e);
            if (e.getCause() instanceof BackendSilentException cause) {
                if (ours) {
                    breaker.neither();
                } else {
                    failed(cause.toString(), begun);
                }
                return cause.outcomeKnown() ? new Outcome.NotDone<>() : new Outcome.Unknown<>(answer);
            }
            breaker.neither();
            if (ours) {
                return new Outcome.Unknown<>(answer);
            }
            if (e.getCause() instanceof BackendBusyException cause) {
                LOG.warn("Library system {} is busy: {}", name(), cause.getMessage());
                return new Outcome.NotDone<>();
            }
            LOG.error(
                    "Library system {} failed in a way that nobody expected; the outcome is asked about",
                    name(),
                    e.getCause());
            return new Outcome.Unknown<>(answer);
        }
    }

    /**
     * Notes that a call failed, and asks whether the system is there. One whose connection is refused says so at once, and then this call
     * already knows; nobody who has waited long waits for that as well.
     */
    private void failed(String why, long begun) {
        failures.increment();
        lastSilence = Optional.of(System.nanoTime());
        if (breaker.failed()) {
            LOG.warn("Library system {} is silent: {}", name(), why);
            return;
        }
        LOG.info("Library system {} did not answer: {}", name(), why);
        CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(this::probeAlone, threads);
        if (System.nanoTime() - begun < SOON.toNanos()) {
            try {
                asked.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException | ExecutionException e) {
                LOG.debug("Library system {} says nothing of itself yet", name());
            }
        }
    }

    /** However many calls fail together, it is asked once. */
    private boolean probeAlone() {
        if (!probing.tryLock()) {
            return speaking();
        }
        try {
            return probe();
        } finally {
            probing.unlock();
        }
    }

    /** Whether it may be called, be it by one at a time. */
    boolean speaking() {
        return breaker.state() != Breaker.State.OPEN;
    }

    /** Whether it has left nothing without an answer for so long, as far as this gateway knows. */
    boolean steady(Duration time) {
        return lastSilence
                .filter(moment -> System.nanoTime() - moment < time.toNanos())
                .isEmpty();
    }

    /**
     * Asks one that has not answered lately, or of which a call failed, whether it is there, so that terminals hear of its silence before a
     * patron does, and of its return.
     */
    boolean probe() {
        boolean lately = System.nanoTime() - lastAnswer < PROBE.toNanos();
        if (breaker.state() == Breaker.State.CLOSED && lately && !breaker.doubted()) {
            return true;
        }
        boolean there = ask();
        if (!there && breaker.state() != Breaker.State.OPEN) {
            ask();
        }
        return speaking();
    }

    private boolean ask() {
        boolean there = false;
        String why = "it says that it is not on-line";
        try {
            there = CompletableFuture.supplyAsync(backend::online, threads)
                    .get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return speaking();
        } catch (TimeoutException e) {
            why = "no answer within " + PROBE.toMillis() + " ms";
        } catch (ExecutionException e) {
            why = String.valueOf(e.getCause());
        }
        if (there) {
            lastAnswer = System.nanoTime();
        } else {
            lastSilence = Optional.of(System.nanoTime());
        }
        if (breaker.probed(there)) {
            if (there) {
                LOG.info("Library system {} answers again", name());
            } else {
                LOG.warn("Library system {} is silent: {}", name(), why);
            }
        }
        return there;
    }

    @Override
    public String toString() {
        return name();
    }
}

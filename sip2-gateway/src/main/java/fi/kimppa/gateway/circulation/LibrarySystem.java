package fi.kimppa.gateway.circulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A library system as the gateway speaks with it: its backend behind its own numbers and the guard of PINs, a deadline, and a breaker. One
 * that was silent once is not called again until it has answered a probe, so that a pile of returns does not wait eight
 * seconds for each; the silence of one is nothing to the others. May be used by several threads.
 */
final class LibrarySystem {
    private static final Logger LOG = LoggerFactory.getLogger(LibrarySystem.class);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final TranslatedBackend backend;
    private final Duration deadline;
    private final Executor threads;
    private volatile boolean silent;
    private volatile long lastAnswer = System.nanoTime();

    LibrarySystem(TranslatedBackend backend, Duration deadline, Executor threads) {
        this.backend = backend;
        this.deadline = deadline;
        this.threads = threads;
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
        if (silent) {
            return new Outcome.NotDone<>();
        }
        long begun = System.nanoTime();
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(
                () -> {
                    if (System.nanoTime() - begun > deadline.toNanos()) {
                        throw new BackendBusyException(name() + ": not asked any more, nobody waits for the answer");
                    }
                    return question.apply(backend);
                },
                threads);
        try {
            T said = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            lastAnswer = System.nanoTime();
            return new Outcome.Answered<>(said);
        } catch (TimeoutException e) {
            silence("no answer within " + deadline.toMillis() + " ms");
            return new Outcome.Unknown<>(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown<>(answer);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackendSilentException cause) {
                silence(cause.toString());
                return cause.outcomeKnown() ? new Outcome.NotDone<>() : new Outcome.Unknown<>(answer);
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

    /** Whether it may be called. */
    boolean speaking() {
        return !silent;
    }

    /**
     * Asks one that has not answered lately whether it is there, so that terminals hear of its silence before a patron
     * does, and of its return.
     */
    boolean probe() {
        if (!silent && System.nanoTime() - lastAnswer < PROBE.toNanos()) {
            return true;
        }
        try {
            if (CompletableFuture.supplyAsync(backend::online, threads).get(PROBE.toMillis(), TimeUnit.MILLISECONDS)) {
                lastAnswer = System.nanoTime();
                if (silent) {
                    silent = false;
                    LOG.info("Library system {} answers again", name());
                }
            } else {
                silence("it says that it is not on-line");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            silence("no answer within " + PROBE.toMillis() + " ms");
        } catch (ExecutionException e) {
            silence(String.valueOf(e.getCause()));
        }
        return !silent;
    }

    private void silence(String why) {
        if (!silent) {
            silent = true;
            LOG.warn("Library system {} is silent: {}", name(), why);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}

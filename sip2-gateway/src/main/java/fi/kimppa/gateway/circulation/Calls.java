package fi.kimppa.gateway.circulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Calls a backend and waits for at most the deadline. A backend that was silent once is not called again until it
 * has answered a probe, so that a pile of returns does not wait eight seconds for each.
 */
@Component
class Calls implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deadlines deadlines;
    private volatile boolean silent;
    private volatile long lastAnswer = System.nanoTime();

    Calls(Deadlines deadlines) {
        this.deadlines = deadlines;
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

    /** Calls the backend. */
    <T> Outcome<T> call(Supplier<T> question) {
        if (silent) {
            return new Outcome.NotDone<>();
        }
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, threads);
        try {
            T said = answer.get(deadlines.backend().toMillis(), TimeUnit.MILLISECONDS);
            lastAnswer = System.nanoTime();
            return new Outcome.Answered<>(said);
        } catch (TimeoutException e) {
            silence("no answer within " + deadlines.backend().toMillis() + " ms");
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
                LOG.warn("The backend is busy: {}", cause.getMessage());
                return new Outcome.NotDone<>();
            }
            LOG.error("The backend failed in a way that nobody expected; the outcome is asked about", e.getCause());
            return new Outcome.Unknown<>(answer);
        }
    }

    /** Whether the backend may be called. */
    boolean speaking() {
        return !silent;
    }

    /**
     * Asks a backend that has not answered lately whether it is there, so that terminals hear of its silence before a
     * patron does, and of its return.
     */
    boolean probe(CirculationBackend backend) {
        if (!silent && System.nanoTime() - lastAnswer < PROBE.toNanos()) {
            return true;
        }
        try {
            if (CompletableFuture.supplyAsync(backend::online, threads).get(PROBE.toMillis(), TimeUnit.MILLISECONDS)) {
                lastAnswer = System.nanoTime();
                if (silent) {
                    silent = false;
                    LOG.info("Backend {} answers again", backend.name());
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
            LOG.warn("The backend is silent: {}", why);
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}

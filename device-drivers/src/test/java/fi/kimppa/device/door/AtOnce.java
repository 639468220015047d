package fi.kimppa.device.door;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs cases that mostly wait side by side; the first that fails is told. */
final class AtOnce {
    private AtOnce() {}

    static void each(int count, IntConsumer test) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] cases = IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> test.accept(i), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(cases).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}

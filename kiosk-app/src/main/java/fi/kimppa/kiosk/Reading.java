package fi.kimppa.kiosk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a configuration part by part and remembers what is wrong with each, so that whoever wrote it hears of everything at once.
 * Not for use by several threads.
 */
final class Reading {
    private final Set<String> problems = new LinkedHashSet<>();

    /**
     * Reads a part.
     *
     * @return gives what was read; may be asked once {@link #end} has found nothing wrong, and within other parts, which are then
     *     wrong too without a line of their own
     */
    <T> Supplier<T> part(Supplier<T> part) {
        try {
            T value = part.get();
            return () -> value;
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return () -> {
                throw new ConfigurationException(List.of());
            };
        }
    }

    /** Looks at something that gives nothing. */
    void check(Runnable look) {
        try {
            look.run();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /** Something is wrong. */
    void wrong(String problem) {
        problems.add(problem);
    }

    /**
     * Everything has been read.
     *
     * @throws ConfigurationException with all that is wrong
     */
    void end() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(problems));
        }
    }
}

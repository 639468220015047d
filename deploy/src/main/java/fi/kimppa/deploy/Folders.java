package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of data that a run begins anew. */
final class Folders {
    private Folders() {}

    /**
     * Makes it, empty.
     *
     * @throws StartException when something in it cannot be removed
     */
    static void empty(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file :
                            List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StartException("The data in " + directory + " cannot be removed; is another run under way?", e);
        }
    }
}

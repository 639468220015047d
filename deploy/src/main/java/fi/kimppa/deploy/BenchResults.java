package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the benches leave what they have measured, and where they work meanwhile.
 *
 * @param directory of the results; made when something is written
 */
record BenchResults(Path directory) {
    /** Those of this checkout. */
    static BenchResults of(Programs programs) {
        return new BenchResults(programs.home().resolve("target/bench"));
    }

    /** What is here is gone when the next bench begins. */
    Path work() {
        return directory.resolve("work");
    }

    /** A file of a bench. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /**
     * Writes what one bench has measured, for people and for programs.
     *
     * @param name of both files, without their ending
     * @param table as Markdown
     * @param figures what becomes JSON
     */
    void write(String name, String table, Object figures) {
        try {
            Files.createDirectories(directory);
            Files.writeString(file(name + ".md"), table);
            Files.writeString(
                    file(name + ".json"),
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(figures));
        } catch (IOException e) {
            throw new StartException("Cannot write into " + directory, e);
        }
    }

    /** Where it was written to, as it is told. */
    @Override
    public String toString() {
        return directory.toString();
    }
}

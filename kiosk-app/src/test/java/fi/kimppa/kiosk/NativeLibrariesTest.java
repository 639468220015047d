package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is native in the kiosk: {@code device-drivers} looks into the libraries that it shares with us, and JavaFX is ours. */
class NativeLibrariesTest {
    private static Path[] jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toArray(Path[]::new);
    }

    @Test
    void areKnown() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path path : jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                if (jar.stream().anyMatch(file -> file.getName().endsWith(".so"))) {
                    found.add(String.valueOf(path.getFileName()).replaceFirst("-\\d.*", ""));
                }
            }
        }
        assertThat(found).containsExactly("jSerialComm", "javafx-graphics", "jna", "sqlite-jdbc");
    }

    /**
     * JavaFX has a jar for each kind of machine. Its own parent pom chooses by the architecture that builds, or by
     * {@code -Djavafx.platform=linux-aarch64} for another.
     */
    @Test
    void ofJavaFxAreChosenFor64BitArm() throws IOException {
        Path jar = Arrays.stream(jars())
                .filter(path -> String.valueOf(path.getFileName()).startsWith("javafx-graphics"))
                .findFirst()
                .orElseThrow();
        Path version = jar.resolveSibling("").normalize();
        String name = String.valueOf(version.getFileName());
        String parent =
                Files.readString(version.resolve("../../javafx").resolve(name).resolve("javafx-" + name + ".pom"));
        assertThat(parent.replaceAll("\\s", ""))
                .contains("<name>linux</name><arch>aarch64</arch>")
                .contains("<javafx.platform>linux-aarch64</javafx.platform>");
    }
}

package fi.kimppa.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The walls of the house, section 11. */
class WallsTest {
    private static final JavaClasses GATEWAY = gateway();
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    /** The rules here ask for packages, and not what the classes of libraries are like: those need not be read. */
    private static JavaClasses gateway() {
        ArchConfiguration configuration = ArchConfiguration.get();
        configuration.setResolveMissingDependenciesFromClassPath(false);
        try {
            return new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("fi.kimppa.gateway");
        } finally {
            configuration.setResolveMissingDependenciesFromClassPath(true);
        }
    }

    @Test
    void keepsItsModulesApart() {
        ApplicationModules.of(GatewayApplication.class).verify();
    }

    @Test
    void importsNoBackendAnywhere() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fi.kimppa.gateway.backend..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("fi.kimppa.gateway.backend..")
                .because("circulation knows backends by its port alone")
                .check(GATEWAY);
    }

    @Test
    void hasNoScreensAndNoDevices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "fi.kimppa.device..", "fi.kimppa.kiosk..", "com.fazecast..")
                .because("the gateway decides; others show and touch")
                .check(GATEWAY);
    }

    @Test
    void letsTheConsortiumDependOnNobody() {
        noClasses()
                .that()
                .resideInAPackage("fi.kimppa.gateway.consortium..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "fi.kimppa.gateway.circulation..",
                        "fi.kimppa.gateway.cutover..",
                        "fi.kimppa.gateway.transit..",
                        "fi.kimppa.gateway.routing..",
                        "fi.kimppa.gateway.sip..",
                        "fi.kimppa.gateway.access..",
                        "fi.kimppa.gateway.fleet..",
                        "fi.kimppa.gateway.mail..",
                        "fi.kimppa.gateway.console..")
                .because("everybody looks up there")
                .check(GATEWAY);
    }

    @Test
    void saysInEveryPackageWhatLivesThere() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    @Test
    void hasEveryTextInAllLanguages() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Path> finnish;
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            finnish = files.filter(file -> file.toString().endsWith("_fi.properties"))
                    .toList();
        }
        for (Path file : finnish) {
            Properties fi = load(file);
            for (String language : List.of("sv", "en")) {
                Path other = file.resolveSibling(file.getFileName().toString().replace("_fi.", "_" + language + "."));
                if (!load(other).keySet().equals(fi.keySet())) {
                    problems.add(other.toString());
                }
            }
        }
        assertThat(finnish).isNotEmpty();
        assertThat(problems).isEmpty();
    }

    /** But for how long ago another gateway did something to a row of the journal, or is at a mail. */
    @Test
    void neverAsksTheDatabaseForTheTime() throws IOException {
        for (Path root : List.of(SOURCES, RESOURCES.resolve("db").resolve("migration"))) {
            try (Stream<Path> files = Files.walk(root)) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(WallsTest::asksForTheTime)
                                .map(file -> file.getFileName().toString()))
                        .isSubsetOf(
                                "Claims.java",
                                "Journal.java",
                                "JournalInsert.java",
                                "JournalReader.java",
                                "Outbox.java",
                                "V117__journal_by_one_clock.sql");
            }
        }
    }

    private static boolean asksForTheTime(Path file) {
        try {
            return Files.readString(file)
                    .toLowerCase(java.util.Locale.ROOT)
                    .matches("(?s).*(\\bdefault now\\(|[ (=]current_timestamp|clock_timestamp\\(|\\bselect now\\().*");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}

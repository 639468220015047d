package fi.kimppa.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages, as ARCHITECTURE.md draws them. */
class WallsTest {
    private static final String ROOT = "fi.kimppa.device";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource(textBlock = """
        '',      ''
        tag,     ''
        link,    ' '
        rfid,    ' link tag'
        printer, ' link'
        card,    ' link tag'
        door,    ' link'
        """)
    void importsOnlyWhatItMay(String name, String allowed) {
        String home = name.isEmpty() ? ROOT : ROOT + "." + name;
        Set<String> may = List.of((name + allowed).split(" ", -1)).stream()
                .map(part -> part.isEmpty() ? ROOT : ROOT + "." + part)
                .collect(Collectors.toSet());
        // All but the codecs of tags, which anyone could use, know what a device is.
        if (!name.equals("tag")) {
            may.add(ROOT);
        }
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "of the house, but not in " + may,
                type -> type.getPackageName().startsWith("fi.kimppa") && !may.contains(type.getPackageName()));
        noClasses()
                .that()
                .resideInAPackage(home)
                .should()
                .dependOnClassesThat(forbidden)
                .check(CLASSES);
    }

    @Test
    void namesSerialPortsSocketsAndCardReadersOnlyInTheLinks() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".link")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.fazecast..",
                        "java.net..",
                        "java.nio.channels..",
                        "javax.smartcardio..",
                        "jnasmartcardio..",
                        "com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void hasNoCirclesBetweenPackages() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void importsNothingOfOtherModules() {
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "of this module or of no module of the house",
                        type -> !type.getPackageName().startsWith("fi.kimppa")
                                || type.getPackageName().startsWith(ROOT)))
                .check(CLASSES);
    }

    @Test
    void saysInEveryPackageWhatLivesThere() throws ClassNotFoundException {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages).hasSize(9);
        for (String name : packages) {
            assertThat(Class.forName(name + ".package-info")
                            .isAnnotationPresent(org.jspecify.annotations.NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }
}

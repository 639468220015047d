package fi.kimppa.kiosk.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses SESSION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fi.kimppa.kiosk.session");

    @Test
    void theBehaviourTouchesNoWindowNoSocketAndNoThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javafx..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.util.concurrent..",
                        "fi.kimppa.kiosk.runtime..",
                        "fi.kimppa.kiosk.screen..",
                        "fi.kimppa.kiosk.speech..",
                        "fi.kimppa.kiosk.text..",
                        "fi.kimppa.kiosk.paper..",
                        "fi.kimppa.kiosk.door..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(SESSION);
    }

    @Test
    void theBehaviourReadsNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(SESSION);
    }
}

package fi.kimppa.kiosk.screen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fi.kimppa.kiosk", importOptions = DoNotIncludeTests.class)
class ScreenWallsTest {
    /** A screen decides nothing and asks nobody, or a slow library would freeze the glass. */
    @ArchTest
    static final ArchRule SCREENS_KNOW_NO_RUNTIME_AND_NO_CLIENT = noClasses()
            .that()
            .resideInAPackage("..kiosk.screen..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..kiosk.runtime..", "fi.kimppa.sip2", "java.net.http..", "java.sql..", "org.apache.hc..");

    /** Receipts are composed where there is no window. */
    @ArchTest
    static final ArchRule TEXTS_KNOW_NO_WINDOW = noClasses()
            .that()
            .resideInAnyPackage("..kiosk.text..", "..kiosk.paper..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "..kiosk.screen..", "..kiosk.runtime..");

    /** What is said is told from states, and not from what a window happens to show. */
    @ArchTest
    static final ArchRule THE_VOICE_KNOWS_NO_WINDOW = noClasses()
            .that()
            .resideInAPackage("..kiosk.speech..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "..kiosk.screen..", "..kiosk.runtime..", "fi.kimppa.sip2");

    /** The virtual desk stands on the far side of the wire. */
    @ArchTest
    static final ArchRule THE_DESK_KNOWS_NO_KIOSK = noClasses()
            .that()
            .resideInAPackage("..kiosk.desk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..kiosk.session..", "..kiosk.runtime..", "..kiosk.door..");
}

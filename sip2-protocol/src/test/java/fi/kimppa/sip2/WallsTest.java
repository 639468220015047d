package fi.kimppa.sip2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house inside this module. */
@AnalyzeClasses(packages = "fi.kimppa", importOptions = DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule wireKnowsNoMessages = noClasses()
            .that()
            .resideInAPackage("fi.kimppa.sip2.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("fi.kimppa.sip2.message", "fi.kimppa.sip2");

    @ArchTest
    static final ArchRule messagesKnowNoLinks = noClasses()
            .that()
            .resideInAPackage("fi.kimppa.sip2.message")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("fi.kimppa.sip2");

    @ArchTest
    static final ArchRule onlyTheJdkIsNeeded = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net..", "javax.xml..", "fi.kimppa.sip2..", "org.jspecify..");
}

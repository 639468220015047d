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
            .resideInAnyPackage("fi.kimppa.sip2.message", "fi.kimppa.sip2", "fi.kimppa.sip2.conformance");

    @ArchTest
    static final ArchRule messagesKnowNoLinks = noClasses()
            .that()
            .resideInAPackage("fi.kimppa.sip2.message")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("fi.kimppa.sip2");

    @ArchTest
    static final ArchRule linksKnowNoConversations = noClasses()
            .that()
            .resideInAPackage("fi.kimppa.sip2")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("fi.kimppa.sip2.conformance", "fi.kimppa.sip2.tool");

    @ArchTest
    static final ArchRule nothingNeedsTheTool = noClasses()
            .that()
            .resideOutsideOfPackage("fi.kimppa.sip2.tool")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("fi.kimppa.sip2.tool");

    @ArchTest
    static final ArchRule onlyTheJdkIsNeeded = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net..", "javax.xml..", "fi.kimppa.sip2..", "org.jspecify..");
}

package fi.kimppa.gateway.charter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.charter.CharterImport.Outcome;
import fi.kimppa.gateway.charter.CharterReader.Reading;
import fi.kimppa.gateway.charter.Problem.Why;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.ConsortiumSection.Fate;
import fi.kimppa.gateway.consortium.Installation;
import fi.kimppa.gateway.consortium.PlaceNames;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.sip.TestProfileKeys;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The consortium's file over a real database: read, tried, done, written. */
class ConsortiumFileTest {
    private static final List<String> TABLES = List.of(
            "journal",
            "undo",
            "loans",
            "items",
            "titles",
            "patrons",
            "setting_plans",
            "setting_locks",
            "settings",
            "terminals",
            "number_rules",
            "routing_rules",
            "transits",
            "branches",
            "municipalities",
            "setting_changes");

    private static BackHalf house;
    private static CharterImport imports;
    private static Settings settings;

    @BeforeAll
    static void start() {
        house = BackHalf.real(TestPostgres.empty(), Map.of("kimppa.consortium", "VASKI"), TestProfileKeys.class);
        settings = house.bean(Settings.class);
        imports = new CharterImport(
                house.jdbc(),
                settings,
                house.beans(ConsortiumSection.class),
                house.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void nobodyIsThere() {
        house.clock().reset();
        TABLES.forEach(table -> house.jdbc().sql("delete from " + table).update());
        house.jdbc().sql("update installation set name = 'VASKI'").update();
        settings.audited(
                "cleaner",
                () -> List.of(new Settings.Entry(Scope.CONSORTIUM, "nothing", Optional.empty(), Optional.of(""))));
        house.jdbc().sql("delete from setting_changes").update();
    }

    private static String example(String name) {
        try (InputStream in = ConsortiumFileTest.class.getResourceAsStream("/examples/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reading read(String text) {
        return CharterReader.read(text, imports.sections());
    }

    private static Outcome fill(String example) {
        Outcome outcome = imports.fill(() -> example(example), "anna").orElseThrow();
        assertThat(outcome.diff().problems()).isEmpty();
        assertThat(outcome.done()).isTrue();
        return outcome;
    }

    private static Outcome apply(String text) {
        return imports.apply(text, imports.rehearse(text).seen(), "bertta");
    }

    private static int rows(String where) {
        return house.value(Integer.class, "select count(*) from " + where);
    }

    // ---- whole files -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"vaski", "kainet"})
    void anExampleFillsAnEmptyDatabaseAndIsWrittenAsItWasRead(String name) {
        Reading file = read(example(name));
        assertThat(file.problems()).isEmpty();
        fill(name);

        Reading written = read(imports.write());
        assertThat(written.problems()).isEmpty();
        assertThat(written.charter()).isEqualTo(file.charter());
        assertThat(imports.write())
                .as("the same consortium, the same characters")
                .isEqualTo(imports.write());
        assertThat(imports.rehearse(example(name)).diff().rows())
                .as("a second time there is nothing to do")
                .isEmpty();
        assertThat(house.consortium().name()).isEqualTo(file.charter().name().orElseThrow());
        assertThat(imports.write()).doesNotContain("password:");
    }

    @Test
    void whatIsWrittenIsReadAgainAsItWas() {
        for (String name : List.of("vaski", "kainet")) {
            Charter charter = read(example(name)).charter();
            String text = CharterWriter.write(charter, imports.sections(), List.of("a comment"));
            assertThat(read(text)).returns(charter, Reading::charter).returns(List.of(), Reading::problems);
            assertThat(text).startsWith("# a comment\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "06:00",
                "#x",
                "a #b",
                "a: b",
                "- a",
                "Åland",
                "\"",
                "\\",
                "a\tb",
                "\u2028",
                "\uD83D\uDCDA",
                "~",
                "{a}",
                "'a'",
                "x ",
                "0",
                "007",
                "a,b"
            })
    void anyTextIsWrittenSoThatItIsReadAgain(String text) {
        MappingNode node = (MappingNode) new Yaml().compose(new StringReader("key: " + CharterWriter.scalar(text)));
        assertThat(((ScalarNode) node.getValue().getFirst().getValueNode()).getValue())
                .isEqualTo(text);
    }

    @Test
    void whateverIsInAFileItIsReadAndThePersonIsToldWhatIsWrong() {
        Random random = new Random(20_261_124L);
        String signs = "{}[]:#&*!|>'\"%@`,?-\n\t \u0000\\~0aÅ\uFEFF\u0085\uD800<=";
        List<String> originals = List.of(
                example("vaski"), example("kainet"), "a: &x [*x, *x]\nb: {? c : d}", "%YAML 1.1\n---\na: 1\n--- b");
        for (int i = 0; i < 2500; i++) {
            StringBuilder text = new StringBuilder(originals.get(random.nextInt(originals.size())));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
                    case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
                    default -> text.setCharAt(at, (char) random.nextInt(0x300));
                }
                if (text.isEmpty()) {
                    text.append('x');
                }
            }
            Reading reading = read(text.toString());
            assertThat(reading.problems())
                    .allSatisfy(problem -> assertThat(problem.line()).isNotNegative());
            if (reading.problems().isEmpty()) {
                String written = CharterWriter.write(reading.charter(), imports.sections(), List.of());
                assertThat(read(written).charter()).as("edit %s", i).isEqualTo(reading.charter());
            }
        }
    }

    // ---- errors ------------------------------------------------------------------------------------------

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsLine() {
        String text = """
                consortium: VASKI
                colours: {}
                municipalities:
                  Turku: {name: Turku, isil: FI-Turku}
                  LIETO:
                    name: Lieto
                    colour: red
                    agreement: {from: 2027-02-30, most-loans: many}
                branches:
                  LIETO: {name: Lieto, municipality: ATLANTIS, isil: FI-Lieto, minimum-age: 130}
                  LIETO: {name: Lieto, municipality: LIETO, isil: FI-Lieto}
                  TURKU:
                    name: Turku
                    municipality: LIETO
                    isil: FI-Lieto
                    hours: {mon-fri: 10-18, tue: "10:00-18:00 staffed"}
                bins: {staff: 9}
                settings:
                  consortium: {sip.colour: red, sip.charset: EBCDIC}
                  municipality LIETO: {fees.creditor: owner}
                """;
        assertThat(imports.rehearse(text).diff().problems())
                .extracting(Problem::line, Problem::why, Problem::key)
                .contains(
                        tuple(2, Why.UNKNOWN, "colours"),
                        tuple(4, Why.VALUE, "municipalities.Turku"),
                        tuple(5, Why.MISSING, "municipalities.LIETO.isil"),
                        tuple(7, Why.UNKNOWN, "municipalities.LIETO.colour"),
                        tuple(8, Why.VALUE, "municipalities.LIETO.agreement.from"),
                        tuple(8, Why.VALUE, "municipalities.LIETO.agreement.most-loans"),
                        tuple(10, Why.VALUE, "branches.LIETO.minimum-age"),
                        tuple(10, Why.NAMES_NOTHING, "branches.LIETO.municipality"),
                        tuple(11, Why.TWICE, "branches.LIETO"),
                        tuple(15, Why.NOT_UNIQUE, "branches.TURKU.isil"),
                        tuple(16, Why.VALUE, "branches.TURKU.hours.mon-fri"),
                        tuple(17, Why.MISSING, "bins.transport"),
                        tuple(19, Why.UNKNOWN, "settings.consortium.sip.colour"),
                        tuple(19, Why.VALUE, "settings.consortium.sip.charset"),
                        tuple(20, Why.UNKNOWN, "settings.municipality LIETO.fees.creditor"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            'a: [';                                         SYNTAX
            'a: b: c';                                      SYNTAX
            '';                                             SHAPE
            'just text';                                    SHAPE
            'municipalities: [a]';                          SHAPE
            'municipalities: {LIETO: {name: [a], isil: FI-L}}'; SHAPE
            'a: &x {b: c}\\nd: *x';                         SYNTAX
            '--- {}\\n--- {}';                              SYNTAX
            'a: !!java.net.URL [x]';                        SYNTAX
            'municipalities: {LIETO: {name: L, isil: FI-L, agreement: {from: 2027-02-01, until: 2027-01-01}}}'; CONTRADICTION
            """)
    void aFileThatIsNoneIsNoSurprise(String text, Why why) {
        assertThat(imports.rehearse(text.replace("\\n", "\n")).diff().problems())
                .extracting(Problem::why)
                .contains(why);
    }

    @Test
    void aFileOfAnotherConsortiumIsNotTaken() {
        fill("vaski");
        assertThat(imports.rehearse(example("kainet")).diff().problems())
                .extracting(Problem::why)
                .contains(Why.OTHER_CONSORTIUM);
    }

    // ---- the diff ----------------------------------------------------------------------------------------

    @Test
    void aDryRunShowsWhatTheImportDoesAndChangesNothing() {
        fill("vaski");
        String text = imports.write()
                .replace("name: Raisio", "name: Raision kaupunki")
                .replace("  kiosk-turku:\n    kind: kiosk\n    branch: TURKU\n    institution: TURKU\n", "")
                .replace(
                        "terminals:\n",
                        "terminals:\n  kiosk-new:\n    kind: kiosk\n    branch: LIETO\n    institution: X\n");
        String before = imports.write();
        Outcome tried = imports.rehearse(text);
        assertThat(tried.possible()).isTrue();
        assertThat(tried.diff().rows())
                .extracting(CharterDiff.Row::fate, CharterDiff.Row::name)
                .contains(
                        tuple(Fate.CHANGED, "RAISIO"),
                        tuple(Fate.ADDED, "kiosk-new"),
                        tuple(Fate.REMOVED, "kiosk-turku"));
        assertThat(imports.write()).isEqualTo(before);
        assertThat(rows("setting_changes where who = 'bertta'")).isZero();

        assertThat(imports.apply(text, tried.seen(), "bertta").done()).isTrue();
        assertThat(read(imports.write()).charter()).isEqualTo(read(text).charter());
        assertThat(settings.changes(Optional.empty(), 100).stream()
                        .filter(change -> change.who().equals("bertta")))
                .extracting(SettingChange::key, SettingChange::before, SettingChange::after)
                .contains(
                        tuple("municipalities RAISIO name", Optional.of("Raisio"), Optional.of("Raision kaupunki")),
                        tuple("terminals kiosk-new branch", Optional.empty(), Optional.of("LIETO")),
                        tuple("terminals kiosk-turku kind", Optional.of("kiosk"), Optional.empty()));
    }

    @Test
    void aSectionThatIsNotThereIsLeftAsItIs() {
        fill("vaski");
        Outcome outcome = apply("terminals:\n  only-one: {kind: door, branch: TURKU, institution: T}\n");
        assertThat(outcome.done()).isTrue();
        assertThat(rows("terminals")).isOne();
        assertThat(rows("municipalities")).isEqualTo(18);
        assertThat(rows("settings where scope = 'kiosk-lieto'"))
                .as("a device's settings go with it")
                .isZero();
    }

    @Test
    void aTerminalOfAFileCannotLogInUntilItHasAPassword() {
        fill("vaski");
        assertThat(house.bean(Terminals.class).withoutPassword()).contains("kiosk-turku");
        for (String tried : List.of("", "a".repeat(40), ":")) {
            assertThat(house.bean(Terminals.class).authenticate("kiosk-turku", Secret.of(tried)))
                    .isEmpty();
        }
    }

    @Test
    void municipalitiesAndBranchesOnWhichSomethingRestsStay() {
        fill("vaski");
        String smaller = imports.write().replaceAll("(?m)^  (RAISIO|RUSKO):\n(    .*\n)+", "");
        JdbcClient jdbc = house.jdbc();
        assertThat(imports.rehearse(smaller).diff().problems()).isEmpty();

        jdbc.sql("insert into titles (id, title, author) values (1, 'T', 'A')").update();
        jdbc.sql("""
                        insert into items (number, title_id, type, home_branch, current_branch)
                        values ('1', 1, 'BOOK', 'RAISIO', 'RAISIO')""").update();
        jdbc.sql(
                        "insert into transits (item, origin, destination, sent_at) values ('9', 'RUSKO', 'TURKU', '2026-11-24 12:00+02')")
                .update();
        Outcome refused = apply(smaller);
        assertThat(refused.done()).isFalse();
        assertThat(refused.diff().problems())
                .extracting(Problem::key, Problem::why, Problem::found)
                .contains(
                        tuple("branches.RAISIO", Why.STILL_USED, "items"),
                        tuple("branches.RUSKO", Why.STILL_USED, "transits"));
        assertThat(rows("branches where code in ('RAISIO', 'RUSKO')")).isEqualTo(2);

        assertThat(imports.rehearse(imports.write().replaceAll("(?m)^  LIETO:\n(    .*\n)+", ""))
                        .diff()
                        .problems())
                .as("a terminal, a number rule and nobody else name it")
                .extracting(Problem::why)
                .contains(Why.NAMES_NOTHING);
        assertThat(imports.rehearse("municipalities: {}").diff().problems())
                .extracting(Problem::why)
                .contains(Why.STILL_NAMED);
    }

    @Test
    void aBranchOfWhichTheJournalSpeaksStays() {
        fill("vaski");
        String smaller = imports.write().replaceAll("(?m)^  RAISIO:\n(    .*\n)+", "");
        house.jdbc().sql("""
                        insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code,
                                             institution_id, item, transaction_date, no_block, cancel, fee_acknowledged,
                                             request, opened_at)
                        values (1, 'embedded', '09', 'UNKNOWN', 'x', 'KIOSK', 'RAISIO', 'X', '1', '20261124    193000',
                                false, false, false, '', '2026-11-24 19:30+02')""").update();
        assertThat(imports.rehearse(smaller).diff().problems())
                .extracting(Problem::key, Problem::why, Problem::found)
                .contains(tuple("branches.RAISIO", Why.STILL_USED, "journal"));
    }

    // ---- settings in it ----------------------------------------------------------------------------------

    @Test
    void aLockThatStaysRefusesAValueAndOneThatComesKeepsItFromHolding() {
        fill("vaski");
        String wanted =
                imports.write().replace("  municipality LIETO:\n", "  municipality LIETO:\n    sip.offline: no\n");
        assertThat(imports.rehearse(wanted).diff().problems())
                .extracting(Problem::why, Problem::found)
                .containsExactly(tuple(Why.LOCKED, "sip.offline"));

        String unlocked = wanted.replaceAll("(?m)^  sip.offline: Every.*\n", "");
        assertThat(apply(unlocked).done()).isTrue();
        assertThat(settings.at(Scope.municipality("LIETO"))).containsEntry("sip.offline", "no");
        assertThat(apply(wanted).done()).isTrue();
        assertThat(settings.at(Scope.municipality("LIETO"))).doesNotContainKey("sip.offline");
        assertThat(imports.write()).as("kept").contains("sip.offline: no");
    }

    @Test
    void whatIsPlannedIsInTheFileAndHoldsOnItsDay() {
        fill("vaski");
        assertThat(settings.at(Scope.branch("TURKU"))).containsEntry("sip.charset", "ISO-8859-1");
        assertThat(settings.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.from()).isEqualTo(LocalDate.of(2027, 3, 1));
            assertThat(plan.value()).contains("UTF-8");
            assertThat(plan.who()).isEqualTo("anna");
        });
        assertThat(apply("""
                        settings:
                          consortium:
                            sip.money: {now: point, 2026-01-01: comma, 2026-12-24: inherit}
                        """).done()).isTrue();
        assertThat(settings.at(Scope.CONSORTIUM))
                .as("a day that is over counts now")
                .isEqualTo(Map.of("sip.money", "comma"));
        house.clock().pass(Duration.ofDays(30));
        assertThat(settings.at(Scope.CONSORTIUM)).isEmpty();
    }

    @Test
    void aConfirmationOfWhatIsNotAsItWasSeenShowsTheNewDiff() {
        fill("vaski");
        String text = imports.write().replace("name: Raisio", "name: Raision kaupunki");
        String seen = imports.rehearse(text).seen();
        settings.change(Scope.municipality("TURKU"), "sip.money", Optional.of("comma"), "cecilia");

        Outcome late = imports.apply(text, seen, "bertta");
        assertThat(late.done()).isFalse();
        assertThat(late.diff().rows())
                .extracting(CharterDiff.Row::name)
                .containsExactly("RAISIO", "RAISIO", "municipality TURKU");
        assertThat(rows("municipalities where name = 'Raision kaupunki'")).isZero();
        assertThat(imports.apply(text, late.seen(), "bertta").done()).isTrue();
        assertThat(settings.at(Scope.municipality("TURKU"))).doesNotContainKey("sip.money");
    }

    // ---- the first start ---------------------------------------------------------------------------------

    private static FirstCharter first(Path file) {
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasename("messages/pages");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return new FirstCharter(
                imports,
                new CharterTexts(texts, house.bean(PlaceNames.class)),
                house.bean(Installation.class),
                file.toString());
    }

    @Test
    void theFirstStartFillsTheDatabaseAndALaterOneDoesNotLook(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("kainet.yaml");
        Files.writeString(file, example("kainet"));
        first(file).afterPropertiesSet();
        assertThat(rows("municipalities")).isEqualTo(8);
        Files.writeString(file, "not: one");
        first(file).afterPropertiesSet();
        assertThat(rows("municipalities")).isEqualTo(8);
    }

    @Test
    void ofTwoGatewaysThatStartForTheFirstTimeOneFillsTheDatabaseAndBothStart() {
        assertThat(imports.fill(
                        () -> {
                            fill("kainet");
                            return example("kainet");
                        },
                        "bertta"))
                .isEmpty();
        assertThat(rows("municipalities")).isEqualTo(8);
        assertThat(rows("setting_changes where who = 'bertta'")).isZero();
    }

    @Test
    void aFileThatIsWrongKeepsTheGatewayFromStartingAndSaysWhere(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "municipalities:\n  TURKU: {name: Turku, isil: SE-Turku}\n");
        assertThatThrownBy(() -> first(file).afterPropertiesSet())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("kimppa.consortium-file")
                .hasMessageContaining("Line 2: municipalities.TURKU.isil: “SE-Turku” is not possible.");
        assertThat(rows("municipalities")).isZero();
        assertThatThrownBy(() -> first(folder.resolve("none.yaml")).afterPropertiesSet())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("cannot be read");
    }
}

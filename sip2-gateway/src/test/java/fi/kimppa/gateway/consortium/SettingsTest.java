package fi.kimppa.gateway.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.consortium.SettingRefusal.BadValue;
import fi.kimppa.gateway.consortium.SettingRefusal.ConsortiumOnly;
import fi.kimppa.gateway.consortium.SettingRefusal.Locked;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownKey;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownScope;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Settings that inherit, on the keys of the terminal profile. */
class SettingsTest extends GatewayTest {
    private static final Scope TURKU = Scope.municipality("TURKU");
    private static final Scope BRANCH = Scope.branch("TURKU");
    private static final LocalDate TOMORROW = LocalDate.of(2026, 11, 25);
    private static final Scope KIOSK = Scope.device("kiosk-turku");

    @Autowired
    Settings settings;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    @Autowired
    Consortium consortium;

    @Autowired
    ObjectProvider<SettingGroup> groups;

    @BeforeEach
    @AfterEach
    void nothingIsSet() {
        for (Scope scope : List.of(Scope.CONSORTIUM, TURKU, BRANCH, KIOSK)) {
            settings.at(scope).keySet().forEach(key -> settings.change(scope, key, Optional.empty(), "cleaner"));
        }
        settings.unlock("sip.pin", "cleaner");
        jdbc.sql("delete from setting_plans").update();
    }

    @Test
    void leadFromTheConsortiumToTheDevice() {
        assertThat(settings.path(KIOSK)).containsExactly(Scope.CONSORTIUM, TURKU, BRANCH, KIOSK);
        assertThat(settings.path(new Terminal("kiosk-new", Terminal.Kind.KIOSK, "TURKU", "TURKU")))
                .containsExactly(Scope.CONSORTIUM, TURKU, BRANCH, Scope.device("kiosk-new"));
        assertThat(settings.path(BRANCH)).containsExactly(Scope.CONSORTIUM, TURKU, BRANCH);
    }

    @Test
    void keepTheCanonicalTextOfAValue() {
        assertThat(settings.change(BRANCH, "sip.terminator", Optional.of("CRLF"), "anna"))
                .isEmpty();
        assertThat(settings.change(BRANCH, "sip.ct-always", Optional.of("Y"), "anna"))
                .isEmpty();
        assertThat(settings.at(BRANCH)).isEqualTo(Map.of("sip.terminator", "crlf", "sip.ct-always", "yes"));
    }

    @ParameterizedTest
    @CsvSource({
        "sip.charset, EBCDIC",
        "sip.delimiter, A",
        "sip.delimiter, /",
        "sip.max-field-length, 10000",
        "sip.max-field-length, -1",
        "sip.messages, 09 12",
        "sip.hidden-fields, 64:A",
        "sip.hidden-fields, 88:AE",
        "sip.renamed-fields, AE",
        "sip.patron-fields, PB=shoe-size",
        "sip.pin, maybe"
    })
    void refuseABadValueWithWhatIsAllowed(String key, String value) {
        assertThat(settings.change(KIOSK, key, Optional.of(value), "anna"))
                .get()
                .isInstanceOfSatisfying(BadValue.class, bad -> {
                    assertThat(bad.key()).isEqualTo(key);
                    assertThat(bad.value()).isEqualTo(value);
                    assertThat(bad.allowed()).isNotNull();
                });
        assertThat(settings.at(KIOSK)).isEmpty();
    }

    @Test
    void refuseWhatNobodyHasDeclaredAndPlacesThatAreNot() {
        assertThat(settings.change(KIOSK, "sip.colour", Optional.of("red"), "anna"))
                .contains(new UnknownKey("sip.colour"));
        Scope nowhere = Scope.branch("ATLANTIS");
        assertThat(settings.change(nowhere, "sip.pin", Optional.of("asked"), "anna"))
                .contains(new UnknownScope(nowhere));
    }

    @Test
    void changeAllOrNothing() {
        Map<String, Optional<String>> texts = new LinkedHashMap<>();
        texts.put("sip.money", Optional.of("comma"));
        texts.put("sip.charset", Optional.of("EBCDIC"));
        assertThat(settings.change(KIOSK, texts, "anna")).isPresent();
        assertThat(settings.at(KIOSK)).isEmpty();
    }

    @Test
    void writeDownWhoChangedWhatFromWhatToWhat() {
        long before = settings.version();
        settings.change(KIOSK, "sip.money", Optional.of("comma"), "anna");
        settings.change(KIOSK, "sip.money", Optional.of("comma"), "nobody changes anything");
        settings.change(KIOSK, "sip.money", Optional.of("point"), "bertta");
        settings.change(KIOSK, "sip.money", Optional.empty(), "cecilia");

        assertThat(settings.changes(Optional.of(KIOSK), 3))
                .extracting(SettingChange::who, SettingChange::before, SettingChange::after)
                .containsExactly(
                        tuple("cecilia", Optional.of("point"), Optional.empty()),
                        tuple("bertta", Optional.of("comma"), Optional.of("point")),
                        tuple("anna", Optional.empty(), Optional.of("comma")));
        assertThat(settings.changes(Optional.empty(), 1).getFirst().at())
                .isBetween(clock.instant().minusSeconds(60), clock.instant());
        assertThat(settings.version()).isEqualTo(before + 3);
    }

    @Test
    void reachAnotherGatewayOfTheSameDatabaseWithinASecondOrSo() {
        Settings elsewhere = new Settings(jdbc, transactions, clock, consortium, groups);
        elsewhere.start();
        try {
            assertThat(elsewhere.at(BRANCH)).isEmpty();
            settings.change(BRANCH, "sip.charset", Optional.of("cp850"), "anna");
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> elsewhere.at(BRANCH).equals(Map.of("sip.charset", "CP850")));
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void passOverWhatALaterOrEarlierVersionHasStored() {
        jdbc.sql("insert into settings values ('DEVICE', 'kiosk-turku', 'sip.from-the-future', '1'),"
                        + " ('DEVICE', 'kiosk-turku', 'sip.money', 'shells')")
                .update();
        try {
            settings.change(KIOSK, "sip.pin", Optional.of("not-asked"), "anna");
            assertThat(settings.at(KIOSK)).isEqualTo(Map.of("sip.pin", "not-asked"));
        } finally {
            jdbc.sql("delete from settings where value in ('1', 'shells')").update();
        }
    }

    // ---- dates -------------------------------------------------------------------------------------------

    private Settings turned(MovableClock turned) {
        return new Settings(jdbc, transactions, turned, consortium, groups);
    }

    private int rows(String where) {
        return jdbc.sql("select count(*) from " + where).query(Integer.class).single();
    }

    /** The values of the kiosk's setting at the last second before midnight and at midnight */
    private List<Optional<String>> overMidnight(Settings settings, MovableClock turned) {
        Optional<String> before = Optional.ofNullable(settings.at(KIOSK).get("sip.money"));
        turned.pass(Duration.ofSeconds(1));
        return List.of(before, Optional.ofNullable(settings.at(KIOSK).get("sip.money")));
    }

    @Test
    void aPlannedValueHoldsFromTheBeginningOfItsDayOnEveryGatewayAndNothingIsReadThen() {
        MovableClock turned = new MovableClock();
        Settings here = turned(turned);
        Settings elsewhere = turned(turned);
        here.change(KIOSK, "sip.money", Optional.of("point"), "anna");
        assertThat(here.plan(KIOSK, "sip.money", TOMORROW, Optional.of("COMMA"), "bertta", "new firmware"))
                .isEmpty();
        assertThat(here.plan(KIOSK, "sip.money", TOMORROW.plusDays(1), Optional.empty(), "cecilia", ""))
                .isEmpty();
        assertThat(here.plans())
                .extracting(SettingPlan::from, SettingPlan::value, SettingPlan::who, SettingPlan::note)
                .containsExactly(
                        tuple(TOMORROW, Optional.of("comma"), "bertta", "new firmware"),
                        tuple(TOMORROW.plusDays(1), Optional.empty(), "cecilia", ""));
        assertThat(rows("settings where scope = 'kiosk-turku' and value = 'comma'"))
                .as("an earlier version must not take it for a value")
                .isZero();
        long version = here.version();
        assertThat(elsewhere.version()).isEqualTo(version);

        turned.pass(Duration.ofHours(4).plusMinutes(30).minusSeconds(1));
        assertThat(overMidnight(here, turned)).containsExactly(Optional.of("point"), Optional.of("comma"));
        assertThat(elsewhere.at(KIOSK)).isEqualTo(Map.of("sip.money", "comma"));
        assertThat(here.version()).as("who keeps a copy reads again").isEqualTo(version + 1);
        assertThat(here.plans()).hasSize(1);

        turned.pass(Duration.ofDays(1).minusSeconds(1));
        assertThat(overMidnight(here, turned)).containsExactly(Optional.of("comma"), Optional.empty());
        turned.reset();
        assertThat(here.at(KIOSK)).as("a clock that is set back").isEqualTo(Map.of("sip.money", "point"));
    }

    @Test
    void whatHasComeDueIsMovedOnceUnderThePlannersNameAndNothingThatHoldsChanges() {
        MovableClock turned = new MovableClock();
        Settings here = turned(turned);
        Settings elsewhere = turned(turned);
        here.plan(KIOSK, "sip.money", TOMORROW, Optional.of("comma"), "bertta", "new firmware");
        turned.pass(Duration.ofDays(1));
        long version = here.version();
        here.start();
        elsewhere.start();
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> rows("setting_plans") == 0);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> here.plans().isEmpty() && elsewhere.at(KIOSK).equals(Map.of("sip.money", "comma")));
        } finally {
            here.stop();
            elsewhere.stop();
        }
        assertThat(here.version()).isEqualTo(version);
        assertThat(rows("settings where scope = 'kiosk-turku' and value = 'comma'"))
                .isOne();
        assertThat(settings.changes(Optional.of(KIOSK), 2))
                .extracting(SettingChange::who, SettingChange::key, SettingChange::after, SettingChange::note)
                .containsExactly(
                        tuple("bertta", "sip.money", Optional.of("comma"), "new firmware"),
                        tuple("bertta", Settings.PLAN + TOMORROW + " sip.money", Optional.of("comma"), "new firmware"));
    }

    @Test
    void aPlanForTodayHoldsAtOnceAndOneCanBeTakenBack() {
        MovableClock turned = new MovableClock();
        Settings here = turned(turned);
        assertThat(here.plan(KIOSK, "sip.money", TOMORROW.minusDays(1), Optional.of("comma"), "anna", "because"))
                .isEmpty();
        assertThat(here.at(KIOSK)).isEqualTo(Map.of("sip.money", "comma"));
        assertThat(here.changes(Optional.of(KIOSK), 1).getFirst().note()).isEqualTo("because");

        here.plan(KIOSK, "sip.money", TOMORROW, Optional.of("point"), "anna", "");
        here.unplan(KIOSK, "sip.money", TOMORROW, "bertta");
        assertThat(here.plans()).isEmpty();
        turned.pass(Duration.ofDays(2));
        assertThat(here.at(KIOSK)).isEqualTo(Map.of("sip.money", "comma"));
        assertThat(here.plan(KIOSK, "sip.money", TOMORROW.plusDays(30), Optional.of("shells"), "anna", ""))
                .get()
                .isInstanceOf(BadValue.class);
    }

    // ---- locks -------------------------------------------------------------------------------------------

    @Test
    void aLockedSettingIsTheConsortiumsAloneAndNamesWhoLockedIt() {
        settings.change(TURKU, "sip.pin", Optional.of("not-asked"), "anna");
        settings.change(KIOSK, "sip.pin", Optional.of("not-asked"), "anna");
        assertThat(settings.lock("sip.pin", "the council wants it", "bertta")).isEmpty();

        for (Scope scope : List.of(TURKU, BRANCH, KIOSK)) {
            assertThat(settings.change(scope, "sip.pin", Optional.of("asked"), "anna"))
                    .get()
                    .isInstanceOfSatisfying(Locked.class, locked -> {
                        assertThat(locked.lock().who()).isEqualTo("bertta");
                        assertThat(locked.lock().why()).isEqualTo("the council wants it");
                    });
            assertThat(settings.plan(
                            scope, "sip.pin", LocalDate.now(clock).plusDays(9), Optional.of("asked"), "anna", ""))
                    .get()
                    .isInstanceOf(Locked.class);
            assertThat(settings.at(scope)).isEmpty();
        }
        assertThat(settings.idleAt(TURKU)).isEqualTo(Map.of("sip.pin", "not-asked"));
        assertThat(settings.change(Scope.CONSORTIUM, "sip.pin", Optional.of("asked"), "bertta"))
                .isEmpty();
        assertThat(settings.at(Scope.CONSORTIUM)).isEqualTo(Map.of("sip.pin", "asked"));
        assertThat(settings.change(KIOSK, "sip.pin", Optional.empty(), "anna"))
                .as("what does not hold may be taken away")
                .isEmpty();

        settings.unlock("sip.pin", "bertta");
        assertThat(settings.at(TURKU)).as("kept, and holds again").isEqualTo(Map.of("sip.pin", "not-asked"));
        assertThat(settings.at(KIOSK)).isEmpty();
        assertThat(settings.changes(Optional.of(Scope.CONSORTIUM), 1).getFirst())
                .returns(Settings.LOCK + "sip.pin", SettingChange::key)
                .returns(Optional.of("the council wants it"), SettingChange::before);
        assertThat(settings.lock("sip.colour", "", "bertta")).contains(new UnknownKey("sip.colour"));
    }

    @Test
    void aSettingOfTheWholeConsortiumIsMadeThereAlone() {
        assertThat(settings.change(TURKU, "fees.creditor", Optional.of("rule-maker"), "anna"))
                .contains(new ConsortiumOnly("fees.creditor"));
        assertThat(settings.change(Scope.CONSORTIUM, "fees.creditor", Optional.of("RULE_MAKER"), "anna"))
                .isEmpty();
        assertThat(settings.at(Scope.CONSORTIUM)).isEqualTo(Map.of("fees.creditor", "rule-maker"));
    }
}

package fi.kimppa.gateway.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.SettingRefusal.BadValue;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownKey;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownScope;
import java.time.Clock;
import java.time.Duration;
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
}

package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.sip.ArrivalRule.Sign;
import fi.kimppa.sip2.wire.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Profiles from the database to the wire, on real connections. */
class TerminalProfilesTest extends GatewayTest {
    private static final Scope KIOSK = Scope.device("kiosk-aura");
    private static final Terminal AURA = new Terminal("kiosk-aura", Terminal.Kind.KIOSK, "AURA", "AURA");
    private static final String LOGIN = "9300CNkiosk-aura|COdemo-kiosk-aura|";
    private static final String PATRON = "6300720261124    193000          AOAURA|AA2000012345|AD1234|";
    private static final String ITEM = "1720261124    193000AOAURA|AB3000000035|";

    @Autowired
    Sip2Server server;

    @Autowired
    Settings settings;

    @Autowired
    ArrivalRules rules;

    @Autowired
    TerminalProfiles profiles;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void nothingIsSet() {
        for (Scope scope : List.of(Scope.CONSORTIUM, Scope.municipality("AURA"), Scope.branch("AURA"), KIOSK)) {
            settings.at(scope).keySet().forEach(key -> settings.change(scope, key, Optional.empty(), "cleaner"));
        }
        rules.all().forEach(rule -> rules.remove(rule, "cleaner"));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "ISO-8859-1", "windows-1252", "CP850"})
    void openConnectionTakesAChangeAtItsNextMessage(String charset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            assertThat(ask(socket, LOGIN, StandardCharsets.US_ASCII)).startsWith("941");
            assertThat(ask(socket, PATRON, StandardCharsets.UTF_8)).contains("AEMäkelä, Åke|");
            set(KIOSK, "sip.charset", charset);
            assertThat(ask(socket, PATRON, Charset.forName(charset))).contains("AEMäkelä, Åke|");
            set(KIOSK, "sip.charset", "ascii");
            assertThat(ask(socket, PATRON, StandardCharsets.US_ASCII)).contains("AEMakela, Ake|");
        }
    }

    @Test
    void nearerPlaceWins() {
        set(Scope.CONSORTIUM, "sip.money", "comma");
        assertThat(profiles.of(AURA).profile().money()).isEqualTo(TerminalProfile.Money.COMMA);
        set(Scope.branch("AURA"), "sip.money", "point");
        set(Scope.municipality("AURA"), "sip.money", "comma");
        assertThat(profiles.of(AURA).profile().money()).isEqualTo(TerminalProfile.Money.POINT);
        assertThat(profiles.explain(settings.path(AURA)))
                .filteredOn(value -> value.key() == ProfileKeys.MONEY)
                .extracting(TerminalProfiles.Explained::source)
                .containsExactly(Optional.of(Scope.branch("AURA")));
    }

    @Test
    void fileIsBelowTheDatabaseAndItsTerminalsAboveItsProfile() {
        TerminalProfiles own = new TerminalProfiles(
                file(Map.of(
                        "profile.charset", "CP850",
                        "profile.money", "comma",
                        "terminals.kiosk-aura.charset", "ISO-8859-1")),
                settings,
                rules);
        set(Scope.CONSORTIUM, "sip.money", "point");
        TerminalProfile aura = own.of(AURA).profile();
        assertThat(aura.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(aura.money()).isEqualTo(TerminalProfile.Money.POINT);
        assertThat(own.explain(settings.path(AURA)))
                .filteredOn(TerminalProfiles.Explained::file)
                .extracting(TerminalProfiles.Explained::text)
                .containsExactly("ISO-8859-1");
    }

    @ParameterizedTest
    @CsvSource({
        "profile.colour, red, kimppa.sip.profile.colour is no setting",
        "profile.charset, EBCDIC, kimppa.sip.profile.charset cannot be EBCDIC",
        "terminals.kiosk-aura.pin, maybe, kimppa.sip.terminals.kiosk-aura.pin cannot be maybe"
    })
    void fileWithAWrongSettingKeepsTheGatewayFromStarting(String name, String value, String sentence) {
        Sip2Settings wrong = file(Map.of(name, value));
        assertThatThrownBy(() -> new TerminalProfiles(wrong, settings, rules))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatIsNotAllowedIsRefusedInItsOwnFormAndDeniedInTheStatus() throws IOException {
        set(KIOSK, "sip.messages", "09 63");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            ask(socket, LOGIN, StandardCharsets.UTF_8);
            assertThat(ask(socket, ITEM, StandardCharsets.UTF_8))
                    .startsWith("18010101")
                    .contains("AJ|");
            assertThat(ask(socket, "9900802.00", StandardCharsets.UTF_8)).contains("BXNNYNYYYYNNNNNNNN|");
            set(KIOSK, "sip.messages", "17");
            assertThat(ask(socket, ITEM, StandardCharsets.UTF_8))
                    .startsWith("18")
                    .contains("AJKalevala");
        }
    }

    @Test
    void unaskedPinIsNoTryHoweverOftenItComes() throws IOException {
        set(KIOSK, "sip.pin", "not-asked");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            ask(socket, LOGIN, StandardCharsets.UTF_8);
            for (int i = 0; i < 7; i++) {
                assertThat(ask(socket, PATRON.replace("AD1234", "AD000" + i), StandardCharsets.UTF_8))
                        .contains("BLY|CQY|")
                        .doesNotContain("Mäkelä");
            }
        }
        assertThat(jdbc.sql("select count(*) from pin_failures where card = '2000012345'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void birthDateAndClassLeaveOnlyWhereTheProfileNamesThem() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            ask(socket, LOGIN, StandardCharsets.UTF_8);
            assertThat(ask(socket, PATRON, StandardCharsets.UTF_8))
                    .contains("Mäkelä")
                    .doesNotContainPattern("\\|(PA|PB|PC|PX|AQ)");
            set(KIOSK, "sip.patron-fields", "PB=birth-date PC=patron-class");
            assertThat(ask(socket, PATRON, StandardCharsets.UTF_8))
                    .containsPattern("\\|PB\\d{8}\\|PCADULT\\|")
                    .doesNotContainPattern("\\|(PA|PX|AQ)");
            assertThat(ask(socket, PATRON.replace("AD1234", "AD"), StandardCharsets.UTF_8))
                    .doesNotContainPattern("\\|(PB|PC)");
        }
    }

    @Test
    void returnOfWhatIsNotOnLoanIsRefusedOnlyWhereThatIsAgreed() throws IOException {
        String back = "09N20261124    19300020261124    193000APTURKU|AOAURA|AB3000000073|AC|";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            ask(socket, LOGIN, StandardCharsets.UTF_8);
            assertThat(ask(socket, back, StandardCharsets.UTF_8)).startsWith("101");
            set(KIOSK, "sip.checked-in-ok", "no");
            assertThat(ask(socket, back.replace("193000", "193001"), StandardCharsets.UTF_8))
                    .startsWith("100")
                    .contains("AB3000000073|");
        }
    }

    /** It is not on loan any more by then, and that is what the first line did. */
    @Test
    void aReturnThatWasDoneIsNotRefusedWhenItComesAgainOnANewConnection() throws IOException {
        set(KIOSK, "sip.checked-in-ok", "no");
        jdbc.sql("delete from loans where item = '3000000059'").update();
        jdbc.sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values ('3000000059', '2000012345', '2026-11-20 12:00+02', 'TURKU', '2026-12-20 23:59+02')
                        """).update();
        String back = "09N20261124    19320020261124    193200APTURKU|AOAURA|AB3000000059|AC|";
        for (int turn = 0; turn < 2; turn++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                ask(socket, LOGIN, StandardCharsets.UTF_8);
                assertThat(ask(socket, back, StandardCharsets.UTF_8)).startsWith("101");
            }
        }
    }

    @Test
    void portSaysInWhichCharactersALoginIsRead() throws IOException {
        set(Scope.branch("AURA"), "sip.charset", "ISO-8859-1");
        set(Scope.branch("AURA"), "sip.terminator", "crlf");
        rules.put(new ArrivalRule(Sign.PORT, String.valueOf(port()), Scope.branch("AURA")), "anna");
        try (Peer peer = new Peer(port())) {
            assertThat(peer.ask("9900802.00")).startsWith("98");
            assertThat(peer.ask("9900802.00")).startsWith("\n98");
            assertThat(peer.ask("9300CNkiosk-turku|COdemo-kiosk-turku|")).isEqualTo("\n941");
            assertThat(peer.ask("9900802.00")).as("Turku’s own profile").startsWith("98");
        }
        assertThat(settings.changes(Optional.of(Scope.branch("AURA")), 1))
                .extracting(SettingChange::who, SettingChange::key, SettingChange::after)
                .containsExactly(tuple("anna", "sip.arrival PORT " + port(), Optional.of("BRANCH AURA")));
    }

    @Test
    void certificateWinsOverPortAndSubnetOverCertificateAndTheLongestPrefixOverOthers() {
        Arrival arrival = new Arrival(
                "tls",
                6005,
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.77"), 40_000),
                Optional.of(new ClientCertificate("00".repeat(32), "kiosk-aura", true)));
        assertThat(rules.scope(arrival)).isEqualTo(Scope.CONSORTIUM);
        rules.put(new ArrivalRule(Sign.PORT, "6005", Scope.municipality("TURKU")), "anna");
        assertThat(rules.scope(arrival)).isEqualTo(Scope.municipality("TURKU"));
        rules.put(new ArrivalRule(Sign.CERTIFICATE, "kiosk-aura", KIOSK), "anna");
        assertThat(rules.scope(arrival)).isEqualTo(KIOSK);
        rules.put(new ArrivalRule(Sign.SUBNET, "192.0.2.0/24", Scope.branch("LIETO")), "anna");
        assertThat(rules.scope(arrival)).isEqualTo(Scope.branch("LIETO"));
        rules.put(new ArrivalRule(Sign.SUBNET, "192.0.2.64/26", Scope.branch("AURA")), "anna");
        assertThat(rules.scope(arrival)).isEqualTo(Scope.branch("AURA"));
        rules.put(new ArrivalRule(Sign.SUBNET, "0.0.0.0/0", Scope.branch("RUSKO")), "anna");
        assertThat(rules.scope(arrival)).isEqualTo(Scope.branch("AURA"));
    }

    @Test
    void messagesOfAProfileNeverIncludeResponses() {
        assertThat(profiles.of(AURA).profile().serves(MessageType.CHECKOUT_RESPONSE))
                .isFalse();
        assertThat(profiles.of(AURA).profile().serves(MessageType.LOGIN)).isTrue();
    }

    private void set(Scope scope, String key, String value) {
        assertThat(settings.change(scope, key, Optional.of(value), "anna")).isEmpty();
    }

    private static Sip2Settings file(Map<String, String> texts) {
        Map<String, String> all = new TreeMap<>();
        texts.forEach((name, value) -> all.put("kimppa.sip." + name, value));
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("kimppa.sip", Sip2Settings.class);
    }

    private static String ask(Socket socket, String line, Charset charset) throws IOException {
        socket.getOutputStream().write((line + "\r").getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\r';
                next = socket.getInputStream().read()) {
            answer.write(next);
        }
        return answer.toString(charset);
    }

    private int port() {
        return server.plainPort().orElseThrow();
    }
}

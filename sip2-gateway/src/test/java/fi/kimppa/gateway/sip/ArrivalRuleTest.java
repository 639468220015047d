package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.sip.ArrivalRule.Sign;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalRuleTest {
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "PORT, 6005, 6005",
        "PORT, 0, ",
        "PORT, 65536, ",
        "PORT, http, ",
        "SUBNET, 192.0.2.7, 192.0.2.7/32",
        "SUBNET, 192.0.2.0/24, 192.0.2.0/24",
        "SUBNET, 192.0.2.0/33, ",
        "SUBNET, kiosk.example, ",
        "SUBNET, 2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
        "SUBNET, 192.0.2.7/24, ",
        "CERTIFICATE, CN=Kiosk-Turku, kiosk-turku",
        "CERTIFICATE, '', "
    })
    void knowsPatterns(Sign sign, String text, @Nullable String canonical) {
        assertThat(ArrivalRule.canonical(sign, text)).isEqualTo(Optional.ofNullable(canonical));
    }

    @Test
    void takesAFingerprintWithColonsAndInUpperCase() {
        String colons = "01:23:45:67:89:AB:CD:EF:".repeat(4);
        assertThat(ArrivalRule.canonical(Sign.CERTIFICATE, colons.substring(0, colons.length() - 1)))
                .contains(FINGERPRINT);
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 6005, true",
        "PORT, 6006, false",
        "SUBNET, 192.0.2.0/24, true",
        "SUBNET, 192.0.2.64/26, true",
        "SUBNET, 192.0.2.128/25, false",
        "SUBNET, 0.0.0.0/0, true",
        "SUBNET, '::/0', false",
        "CERTIFICATE, CN=kiosk-turku, true",
        "CERTIFICATE, kiosk, false"
    })
    void fitsConnections(Sign sign, String text, boolean fits) throws Exception {
        Arrival arrival = new Arrival(
                "tls",
                6005,
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.77"), 40_000),
                Optional.of(new ClientCertificate(FINGERPRINT, "Kiosk-Turku", true)));
        ArrivalRule rule =
                new ArrivalRule(sign, ArrivalRule.canonical(sign, text).orElseThrow(), Scope.branch("TURKU"));
        assertThat(rule.fit(arrival) > 0).isEqualTo(fits);
    }

    @Test
    void believesNoNameThatNobodyHasSigned() throws Exception {
        ArrivalRule rule = new ArrivalRule(Sign.CERTIFICATE, "kiosk-turku", Scope.CONSORTIUM);
        InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 1);
        ClientCertificate own = new ClientCertificate(FINGERPRINT, "kiosk-turku", false);
        assertThat(rule.fit(new Arrival("tls", 1, peer, Optional.of(own)))).isZero();
    }

    @Test
    void fitsTheFingerprintOfACertificate() throws Exception {
        ArrivalRule rule = new ArrivalRule(Sign.CERTIFICATE, FINGERPRINT, Scope.CONSORTIUM);
        InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 1);
        assertThat(rule.fit(new Arrival("tls", 1, peer, Optional.of(new ClientCertificate(FINGERPRINT, "", false)))))
                .isPositive();
        assertThat(rule.fit(new Arrival("tls", 1, peer, Optional.empty()))).isZero();
    }
}

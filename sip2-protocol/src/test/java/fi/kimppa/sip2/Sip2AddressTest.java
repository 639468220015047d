package fi.kimppa.sip2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.wire.SipEnvelope;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sip2AddressTest {
    private static final String PIN = "0a".repeat(32);

    @Test
    void readsEveryForm() {
        assertThat(Sip2Address.parse("sip2:tcp:127.0.0.1:6001"))
                .isEqualTo(new Sip2Address("127.0.0.1", 6001, false, Optional.empty()));
        assertThat(Sip2Address.parse("sip2:tls:[2001:db8::1]:6443?pin=" + PIN))
                .isEqualTo(new Sip2Address("2001:db8::1", 6443, true, Optional.of(PIN)));
        assertThat(Sip2Address.parse("sip2:https:koha.example.fi"))
                .isEqualTo(
                        new Sip2Address(Transport.HTTPS, "koha.example.fi", 443, SipEnvelope.PATH, Optional.empty()));
        assertThat(Sip2Address.parse("sip2:https:koha.example.fi:8443/sip?pin=" + PIN))
                .isEqualTo(new Sip2Address(Transport.HTTPS, "koha.example.fi", 8443, "/sip", Optional.of(PIN)));
    }

    @Test
    void printsWhatItReadsWithoutThePin() {
        for (String text :
                new String[] {"sip2:tcp:127.0.0.1:6001", "sip2:tls:[2001:db8::1]:6443", "sip2:https:a:8443/b"}) {
            assertThat(Sip2Address.parse(text)).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip2:tcp:127.0.0.1",
                "sip2:tls:host",
                "sip2:tcp:host:0",
                "sip2:tcp:host:70000",
                "sip2:tcp:host:6001/path",
                "sip2:http:host:80",
                "sip2:https:host?pin=abc",
                "tcp:host:6001"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Sip2Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

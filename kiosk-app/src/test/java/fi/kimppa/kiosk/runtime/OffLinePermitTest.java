package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.runtime.OffLinePermit.NoPermitException;
import fi.kimppa.kiosk.runtime.OffLinePermit.Signed;
import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.OffLineTerms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffLinePermitTest {
    private KeyPair gateway;
    private String body;

    @BeforeEach
    void aGateway() throws GeneralSecurityException, IOException {
        gateway = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        body = Files.readString(Path.of("..", "deploy", "contract", "offline-permit.json"));
    }

    private Signed signed(String permit) throws GeneralSecurityException {
        byte[] bytes = permit.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(gateway.getPrivate());
        signature.update(bytes);
        return new Signed(
                Base64.getEncoder().encodeToString(bytes), Base64.getEncoder().encodeToString(signature.sign()));
    }

    private OffLinePermit read(Signed signed) {
        return OffLinePermit.read(signed, gateway.getPublic(), "kiosk-turku");
    }

    @Test
    void isReadAsTheContractHasItAndKnowsItsCards() throws GeneralSecurityException {
        OffLinePermit permit = read(signed(body));
        assertThat(permit.terms())
                .isEqualTo(new OffLineTerms(
                        OffLineTerms.Lending.KNOWN_CARDS, true, 5, 14, Instant.parse("2026-11-25T17:30:00Z")));
        assertThat(permit.knows(new CardNumber("2000012345"))).isTrue();
        assertThat(permit.knows(new CardNumber("2000012346"))).isTrue();
        assertThat(permit.knows(new CardNumber("2000012347"))).isFalse();
        assertThat(permit.toString()).doesNotContain("1dYkXRA3");
    }

    @Test
    void isRefusedWhenALetterWasChanged() throws GeneralSecurityException {
        Signed right = signed(body);
        byte[] forged = body.replace("\"things\": 5", "\"things\": 9").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(new Signed(Base64.getEncoder().encodeToString(forged), right.signature())))
                .isInstanceOf(NoPermitException.class)
                .hasMessageContaining("not signed");
    }

    @Test
    void isRefusedWhenItIsForAnotherKiosk() throws GeneralSecurityException {
        Signed other = signed(body.replace("kiosk-turku", "kiosk-lieto"));
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(NoPermitException.class)
                .hasMessageContaining("kiosk-lieto");
    }

    @Test
    void isRefusedWhenItIsNonsense() {
        assertThatThrownBy(() -> read(new Signed("%", "%"))).isInstanceOf(NoPermitException.class);
    }
}

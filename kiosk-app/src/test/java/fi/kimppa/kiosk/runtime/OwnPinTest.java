package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnPinTest {
    private static PatronInformation asking(Secret pin) {
        return new PatronInformation(
                "007",
                Timestamp.BLANK,
                " ".repeat(10),
                "TURKU",
                "2000012345",
                Optional.empty(),
                Optional.of(pin),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void keepsThePinOfARequestThatIsStillOnItsWayWhenTheSessionEnds() {
        Secret pin = Secret.of("1234");
        PatronInformation sent = (PatronInformation) OwnPin.of(asking(pin));
        pin.erase();
        assertThat(sent.patronPassword().orElseThrow().reveal()).containsExactly('1', '2', '3', '4');
        OwnPin.erase(sent);
        assertThat(sent.patronPassword().orElseThrow().reveal()).containsOnly('\0');
    }
}

package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.RenewAll;
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

    @Test
    void doesTheSameForWhatTheAccountAsks() {
        Secret pin = Secret.of("1234");
        RenewAll all = (RenewAll) OwnPin.of(new RenewAll(
                Timestamp.BLANK,
                "TURKU",
                "2000012345",
                Optional.of(pin),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        Hold hold = (Hold) OwnPin.of(new Hold(
                HoldMode.DELETE,
                Timestamp.BLANK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "TURKU",
                "2000012345",
                Optional.of(pin),
                Optional.of("3000000011"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        pin.erase();
        for (Optional<Secret> own : List.of(all.patronPassword(), hold.patronPassword())) {
            assertThat(own.orElseThrow().reveal()).containsExactly('1', '2', '3', '4');
        }
        OwnPin.erase(all);
        OwnPin.erase(hold);
        for (Optional<Secret> own : List.of(all.patronPassword(), hold.patronPassword())) {
            assertThat(own.orElseThrow().reveal()).containsOnly('\0');
        }
    }
}

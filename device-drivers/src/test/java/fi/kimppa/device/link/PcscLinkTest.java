package fi.kimppa.device.link;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.StatusReason;
import java.util.List;
import java.util.Optional;
import javax.smartcardio.CardException;
import jnasmartcardio.Smartcardio.JnaPCSCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no service; the rest is seen through the real one. */
class PcscLinkTest {
    private static final List<String> READERS = List.of(
            "ACS ACR1552 1S CL Reader PICC 00 00",
            "ACS ACR1552 1S CL Reader SAM 00 01",
            "HID Global OMNIKEY 5022 Smart Card Reader 01 00",
            "OMNIKEY",
            "SCM OMNIKEY lookalike 02 00");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HID                          | 1
        PICC                         | 1
        ACS ACR1552                  | 2
        ACS ACR1552 1S CL Reader SAM | 1
        OMNIKEY                      | 1
        OMNIKEY 5022                 | 1
        Reader                       | 3
        Feitian                      | 0
        *                            | 5
        """)
    void findsTheReadersThatANameMeans(String name, int found) {
        assertThat(PcscLink.named(READERS, name)).hasSize(found);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        80100003, UNPLUGGED
        80100009, UNPLUGGED
        80100017, UNPLUGGED
        8010002E, UNPLUGGED
        8010001D, UNREACHABLE
        8010001E, UNREACHABLE
        8010000B, DEVICE_ERROR
        """)
    void tellsAReaderOrAServiceThatIsAway(String code, StatusReason reason) {
        assertThat(PcscFault.ofReader(fault(code))).contains(reason);
    }

    /** No card, removed, reset, unresponsive, unpowered, not transacted, protocol mismatch. */
    @ParameterizedTest
    @CsvSource({"8010000C", "80100069", "80100068", "80100066", "80100067", "80100016", "8010000F"})
    void knowsWhenItIsTheCardThatDoesNotAnswer(String code) {
        assertThat(PcscFault.ofReader(fault(code))).isEmpty();
    }

    @Test
    void takesAnErrorWithoutCodeForTheCards() {
        assertThat(PcscFault.ofReader(new CardException("unknown"))).isEqualTo(Optional.empty());
    }

    private static CardException fault(String code) {
        // The library gives the code as it comes from a long of the system, with or without the sign.
        return new JnaPCSCException(Long.parseLong(code, 16), "fault");
    }
}

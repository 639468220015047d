package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.runtime.LoanReplay.Verdict;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library's word on an item says of a loan that was sent without an answer. */
class LoanReplayTest {
    private static final String BLANK = " ".repeat(18);

    private static Checkout loan(String due) {
        return new Checkout(
                false,
                true,
                new Timestamp("20261124    193000"),
                new Timestamp(due),
                "TURKU",
                "2000012345",
                "3000000011",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Response item(String status, String due, String properties) {
        String line = "18" + status + "000120261124    193100AB3000000011|AJKirja|"
                + (due.isEmpty() ? "" : "AH" + due + "|")
                + (properties.isEmpty() ? "" : "CH" + properties + "|");
        Decoded decoded = new FrameCodec(WireProfile.DEFAULT).decode(line.getBytes(StandardCharsets.UTF_8));
        return Response.from(((Decoded.Complete) decoded).frame());
    }

    @ParameterizedTest
    @CsvSource({
        "04, 20261208    235900, '', LENT",
        "04, 8.12.2026,          '', LENT",
        "04, 20261209    235900, '', OTHERWISE",
        "04, '',                 '', OTHERWISE",
        "03, '',                 '', NOT_LENT",
        "03, '', outcome=unknown,    SILENT",
        "01, '', outcome=unknown,    SILENT",
    })
    void knowsTheLoanByItsDueDate(String status, String due, String properties, Verdict verdict) {
        assertThat(LoanReplay.verdict(item(status, due, properties), loan("20261208    235900")))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"04, 20261208    235900, OTHERWISE", "04, '', OTHERWISE", "03, '', NOT_LENT"})
    void withoutAPromisedDateALoanIsNotKnownAgain(String status, String due, Verdict verdict) {
        assertThat(LoanReplay.verdict(item(status, due, ""), loan(BLANK))).isEqualTo(verdict);
    }
}

package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of sip2.md section 13 and 15 that is about the content of a message. */
class DialectTest {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final Terminal KIOSK = new Terminal("kiosk-turku", Terminal.Kind.KIOSK, "TURKU", "TURKU");
    private static final Terminal DOOR = new Terminal("door-lieto", Terminal.Kind.DOOR, "LIETO", "LIETO");

    private static final String NOW = "20261124    193000";
    private static final String PLAIN_RETURN = "101YNN" + NOW + "AOTURKU|AB3000000035|AQTURKU|AJSinuhe|CL1|";
    private static final String TRANSFER = "101YNY" + NOW + "AOTURKU|AB3000000035|AQLIETO|CL3|CTLIETO|CV04|";
    private static final String HOLD =
            "101YNY" + NOW + "AOTURKU|AB3000000035|AQTURKU|CTLIETO|CV02|CY2000099999|DAPihlaja|";
    private static final String REFUSED_RETURN = "100NUY" + NOW + "AOTURKU|AB9|AQ|CV99|AFUnknown item|";
    private static final String LOAN =
            "121NNY" + NOW + "AOTURKU|AA2000012345|AB3000000035|AJSinuhe|AH20261219    235900|BV2.40|";
    private static final String PATRON = "64              007" + NOW + "000100000002000000000003"
            + "AOTURKU|AA2000012345|AEMäkelä, Åke|BLY|CQY|BHEUR|BV0.50|CC30.00|BDKatu 1|PB19800101|PX20271231    235959|PA1|AQTURKU|PCADULT|XI17|";
    private static final String STATUS =
            "98YYYYNY10000320261124    1930002.00AOTURKU|AMVASKI|BXYYYYYYYYYYYYYYYY|ANTURKU|";

    @ParameterizedTest
    @ValueSource(strings = {PLAIN_RETURN, TRANSFER, HOLD, REFUSED_RETURN, LOAN, STATUS})
    void saysWhatTheGatewaySaysUnlessOtherwiseAgreed(String response) {
        assertThat(said(response)).isEqualTo(response);
    }

    // ---- returns -----------------------------------------------------------------------------------------

    @Test
    void hidesWhoHadTheItemUnlessTheMachineMustKnow() {
        String response = PLAIN_RETURN + "AA2000012345|";
        assertThat(said(response)).isEqualTo(PLAIN_RETURN);
        assertThat(said(response, "sip.show-borrower", "yes")).isEqualTo(response);
    }

    @Test
    void leavesAPlainTransferWithoutCodesWhereTheMachineDoesNotWantThem() {
        assertThat(said(TRANSFER, "sip.transfer-codes", "no"))
                .isEqualTo("101YNN" + NOW + "AOTURKU|AB3000000035|AQLIETO|CL3|");
        assertThat(said(HOLD, "sip.transfer-codes", "no")).isEqualTo(HOLD);
    }

    @Test
    void sendsCv00OnAPlainReturnAndNotOnARefusal() {
        assertThat(said(PLAIN_RETURN, "sip.cv-00-on-success", "yes")).isEqualTo(PLAIN_RETURN + "CV00|");
        assertThat(said(TRANSFER, "sip.cv-00-on-success", "yes")).isEqualTo(TRANSFER);
        String refused = REFUSED_RETURN.replace("CV99|", "");
        assertThat(said(refused, "sip.cv-00-on-success", "yes")).isEqualTo(refused);
    }

    @Test
    void sendsAnEmptyDestinationWhereTheMachineWantsOneAlways() {
        assertThat(said(PLAIN_RETURN, "sip.ct-always", "yes")).isEqualTo(PLAIN_RETURN + "CT|");
        assertThat(said(HOLD, "sip.ct-always", "yes")).isEqualTo(HOLD);
    }

    @Test
    void setsTheAlertFlagAsAgreed() {
        String refused = REFUSED_RETURN.replace("CV99|", "");
        assertThat(said(refused, "sip.alert", "cv")).startsWith("100NUN");
        assertThat(said(REFUSED_RETURN, "sip.alert", "cv")).startsWith("100NUY");
        assertThat(said(HOLD.replace("NY2026", "NN2026"), "sip.alert", "cv")).startsWith("101YNY");
        assertThat(said(PLAIN_RETURN, "sip.alert", "cv", "sip.cv-00-on-success", "yes"))
                .startsWith("101YNN")
                .contains("CV00|");
        assertThat(said(HOLD, "sip.alert", "never")).startsWith("101YNN").contains("CV02|");
    }

    @Test
    void refusesTheReturnOfWhatWasNotOnLoanUnlessAHoldWaitsForIt() {
        assertThat(text(Dialect.notOnLoan(frame(PLAIN_RETURN)))).isEqualTo("100NNY" + PLAIN_RETURN.substring(6));
        assertThat(text(Dialect.notOnLoan(frame(HOLD)))).isEqualTo(HOLD);
    }

    // ---- forms -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "sip, 20261219    235900",
        "compact, 20261219",
        "iso, 2026-12-19",
        "iso-time, 2026-12-19T23:59:00",
        "local, 19.12.2026",
        "local-time, 19.12.2026 23:59"
    })
    void writesTheDueDateAsAgreed(String form, String written) {
        assertThat(said(LOAN, "sip.due-date", form)).contains("|AH" + written + "|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "next Friday", "99999999    999999"})
    void leavesADueDateThatIsNoneOfTheStandardAsItIs(String date) {
        assertThat(said(LOAN.replace("20261219    235900", date), "sip.due-date", "local"))
                .contains("|AH" + date + "|");
    }

    @Test
    void countsADueDateOfAnotherZoneIntoLocalTime() {
        assertThat(said(LOAN.replace("20261219    235900", "20261219   Z223000"), "sip.due-date", "local-time"))
                .contains("|AH20.12.2026 00:30|");
    }

    @Test
    void writesAmountsWithACommaWhereThatIsAgreedAndTitlesUntouched() {
        assertThat(said(LOAN.replace("Sinuhe", "Vol. 2.1"), "sip.money", "comma"))
                .contains("BV2,40|")
                .contains("AJVol. 2.1|");
        assertThat(said(PATRON, "sip.money", "comma")).contains("BV0,50|CC30,00|");
    }

    @Test
    void cutsValuesAt255CharactersUnlessOtherwiseAgreed() {
        String title = "å".repeat(300);
        String response = LOAN.replace("Sinuhe", title);
        assertThat(said(response)).contains("AJ" + "å".repeat(255) + "|");
        assertThat(said(response, "sip.max-field-length", "20")).contains("AJ" + "å".repeat(20) + "|");
        assertThat(said(response, "sip.max-field-length", "0")).contains("AJ" + title + "|");
        assertThat(said(LOAN.replace("Sinuhe", "a😀b"), "sip.max-field-length", "2"))
                .contains("AJa😀|");
    }

    @Test
    void putsSomethingElseForControlCharacters() {
        String response = LOAN.replace("Sinuhe", "Si\tnu\u001Bhe");
        assertThat(said(response)).contains("AJSi nu he|");
        assertThat(said(response, "sip.non-printing", "")).contains("AJSinuhe|");
        assertThat(said(response, "sip.non-printing", "?")).contains("AJSi?nu?he|");
    }

    // ---- lines for people --------------------------------------------------------------------------------

    @Test
    void keepsTheFirstLinesWhereAMachineShowsFew() {
        String response = LOAN + "AFone|AFtwo|AFthree|AGslip|AGend|";
        assertThat(said(response, "sip.max-screen-lines", "1")).isEqualTo(LOAN + "AFone|AGslip|AGend|");
        assertThat(said(response, "sip.max-print-lines", "0")).isEqualTo(LOAN + "AFone|AFtwo|AFthree|");
    }

    @Test
    void joinsLinesForAMachineThatShowsTheFirstAlone() {
        assertThat(said(LOAN + "AFone|AFtwo|", "sip.join-screen-lines", "yes")).isEqualTo(LOAN + "AFone two|");
    }

    @Test
    void breaksLongLinesAtBlanks() {
        assertThat(said(LOAN + "AFThe loan limit is full|", "sip.screen-line-length", "10"))
                .isEqualTo(LOAN + "AFThe loan|AFlimit is|AFfull|");
        assertThat(Dialect.wrap("abcdefghijkl mn", 5)).containsExactly("abcde", "fghij", "kl mn");
        assertThat(Dialect.wrap("", 5)).containsExactly("");
    }

    // ---- fields ------------------------------------------------------------------------------------------

    @Test
    void hidesFieldsOfOneMessageOrOfAll() {
        assertThat(said(PATRON, "sip.hidden-fields", "64:AE BD"))
                .doesNotContain("Mäkelä")
                .doesNotContain("Katu")
                .contains("AA2000012345|");
        assertThat(said(LOAN, "sip.hidden-fields", "64:AJ")).isEqualTo(LOAN);
    }

    @Test
    void sendsNoOtherFieldsThanTheAllowedOnesAndHiddenWins() {
        assertThat(said(PATRON, "sip.allowed-fields", "64:AO 64:AA 64:BL 64:AE", "sip.hidden-fields", "AE"))
                .endsWith("AOTURKU|AA2000012345|BLY|");
        assertThat(said(LOAN, "sip.allowed-fields", "64:AO")).isEqualTo(LOAN);
    }

    @Test
    void renamesFieldsLast() {
        assertThat(said(LOAN, "sip.renamed-fields", "12:AJ=ZJ 10:AB=ZB", "sip.hidden-fields", "ZJ"))
                .contains("ZJSinuhe|")
                .contains("AB3000000035|");
    }

    @Test
    void tellsOfAPatronBeyondTheStandardOnlyWhatIsNamed() {
        assertThat(said(PATRON)).endsWith("BDKatu 1|XI17|");
        assertThat(said(PATRON, "sip.patron-fields", "PA=card-expires PB=birth-date PC=patron-class"))
                .endsWith("BDKatu 1|XI17|PA20271231|PB19800101|PCADULT|");
        assertThat(said(PATRON, "sip.patron-fields", "PX=card-expires-time PA=self-service AQ=home-library"))
                .endsWith("|PX20271231    235959|PA1|AQTURKU|");
    }

    @Test
    void tellsADoorWhatItMustKnow() {
        assertThat(text(Dialect.said(frame(PATRON), TerminalProfile.of(Map.of()), Optional.of(DOOR), Optional.empty())))
                .isEqualTo(PATRON);
    }

    // ---- institutions, PINs, what may be asked -----------------------------------------------------------

    @Test
    void answersUnderTheInstitutionThatTheMachineKnows() {
        assertThat(said(LOAN, "sip.institution", "17")).contains("AO17|");
        assertThat(said(LOAN, "sip.institution", "*")).contains("AOwhatever|");
        assertThat(said(STATUS, "sip.institution", "17")).contains("AO17|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AO|", "AOWRONG|", "AOTURKU|"})
    void takesEveryRequestUnderTheInstitutionOfItsLogin(String institution) {
        Frame request = frame("1720261124    193000" + institution + "AB3000000035|");
        assertThat(text(Dialect.heard(request, TerminalProfile.of(Map.of()), KIOSK)))
                .isEqualTo("1720261124    193000AOTURKU|AB3000000035|");
    }

    @Test
    void neverPassesOnAPinThatNobodyWasAskedFor() {
        Frame request = frame("6300720261124    193000          AOTURKU|AA2000012345|AD1234|");
        TerminalProfile profile = TerminalProfile.of(Map.of("sip.pin", "not-asked"));
        assertThat(text(Dialect.heard(request, profile, KIOSK))).doesNotContain("AD");
        assertThat(text(Dialect.heard(request, TerminalProfile.of(Map.of()), KIOSK)))
                .contains("AD1234|");
    }

    @Test
    void callsAPinThatIsNotAskedRightForAValidCardAlone() {
        String unasked = PATRON.replace("CQY|", "");
        assertThat(said(unasked, "sip.pin", "not-asked")).contains("BLY|CQY|BH");
        assertThat(said(unasked)).doesNotContain("CQ");
        assertThat(said(unasked.replace("BLY", "BLN"), "sip.pin", "not-asked")).doesNotContain("CQ");
    }

    @Test
    void deniesInTheStatusWhatTheMachineIsNotServed() {
        assertThat(said(STATUS, "sip.messages", "09 17", "sip.offline", "no"))
                .startsWith("98YYNNNN")
                .contains("BXNNYNYYYNNNYNNNNN|");
        assertThat(said(STATUS.replace("BXYY", "BXYN"), "sip.messages", "09 11 23 29"))
                .startsWith("98YYYYNY")
                .contains("BXYNYNYYYNNNNNNNYN|");
    }

    @Test
    void keepsTheSequenceDigit() {
        Frame frame = frame(Conversation.withChecksum(LOAN + "AY7AZ?"));
        assertThat(Dialect.said(frame, TerminalProfile.of(Map.of()), Optional.of(KIOSK), Optional.empty())
                        .sequence())
                .hasValue(7);
    }

    private static String said(String response, String... settings) {
        Map<String, String> texts = new HashMap<>();
        List<String> all = Arrays.asList(settings);
        for (int i = 0; i < all.size(); i += 2) {
            texts.put(all.get(i), all.get(i + 1));
        }
        return text(
                Dialect.said(frame(response), TerminalProfile.of(texts), Optional.of(KIOSK), Optional.of("whatever")));
    }

    private static Frame frame(String line) {
        return ((Decoded.Complete) CODEC.decode(line.getBytes(StandardCharsets.UTF_8))).frame();
    }

    private static String text(Frame frame) {
        return new String(CODEC.encode(frame, false), StandardCharsets.UTF_8).strip();
    }
}

package fi.kimppa.sip2.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipEnvelopeTest {
    @Test
    void keepsEveryCharacterOfARequest() {
        String message = "11YN<&>\"'å€|AB1|AY1AZ0000";
        SipEnvelope.Request request = new SipEnvelope.Request("kiosk & \"desk\"", Secret.of("<p&w>"), message);
        assertThat(SipEnvelope.readRequest(SipEnvelope.request(request))).isEqualTo(request);
    }

    @Test
    void writesTheRootByThePrefixThatThePluginLooksFor() {
        assertThat(new String(SipEnvelope.request(new SipEnvelope.Request("a", Secret.of("b"), "99")), UTF_8))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<ns1:sip login=\"a\" password=\"b\" xsi:schemaLocation=\"https://koha-suomi.fi/sipschema.xsd\""
                        + " xmlns:ns1=\"https://koha-suomi.fi/sipschema.xsd\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                        + "<request>99</request></ns1:sip>\n");
    }

    @Test
    void readsAResponseOfThePluginAndKnowsAnEmptyOne() {
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ns1:sip"
                + " xsi:schemaLocation=\"https://koha-suomi.fi/sipschema.xsd\""
                + " xmlns:ns1=\"https://koha-suomi.fi/sipschema.xsd\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><response>%s</response></ns1:sip>\n";
        assertThat(SipEnvelope.readResponse(xml.formatted("941&#65;").getBytes(UTF_8)))
                .contains("941A");
        assertThat(SipEnvelope.readResponse(xml.formatted("").getBytes(UTF_8))).isEmpty();
        assertThat(SipEnvelope.readResponse(SipEnvelope.response("24\u0001x\r\n")))
                .contains("24 x");
    }

    @Test
    void missesWhatIsNotThere() {
        String xml = "<s:sip xmlns:s=\"https://koha-suomi.fi/sipschema.xsd\" login=\"a\"><other>99</other></s:sip>";
        assertThat(SipEnvelope.readRequest(xml.getBytes(UTF_8)))
                .isEqualTo(new SipEnvelope.Request("a", Secret.empty(), ""));
    }

    @Test
    void readsNoFileForAStranger(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "9900302.00");
        String xml = "<!DOCTYPE sip [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]>"
                + "<s:sip xmlns:s=\"https://koha-suomi.fi/sipschema.xsd\" login=\"a\" password=\"b\">"
                + "<request>&x;</request></s:sip>";
        assertThatThrownBy(() -> SipEnvelope.readRequest(xml.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9900302.00",
                "<sip login=\"a\" password=\"b\"><request>99</request></sip>",
                "<s:sip xmlns:s=\"https://koha-suomi.fi/sipschema.xsd\"><request>99</s:sip>",
                "<!DOCTYPE s [<!ENTITY a \"99\">]><s:sip xmlns:s=\"https://koha-suomi.fi/sipschema.xsd\"/>",
                "<s:sip xmlns:s=\"https://koha-suomi.fi/sipschema.xsd\"><request>9<b/>9</request></s:sip>"
            })
    void refusesWhatIsNoSuchDocument(String xml) {
        assertThatThrownBy(() -> SipEnvelope.readRequest(xml.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

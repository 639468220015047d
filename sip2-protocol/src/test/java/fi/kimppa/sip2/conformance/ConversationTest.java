package fi.kimppa.sip2.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final String HEADER = "rule: r\nsource: s\nrole: server\nlinks: tcp\n\n";
    private static final Values VALUES = new Values(
            Map.of("CARD", "2000012345", "ITEM", "3000000035"),
            Instant.parse("2026-11-24T17:30:00Z"),
            ZoneId.of("Europe/Helsinki"),
            StandardCharsets.UTF_8);

    @Test
    void allThatShipCanBeReadAndHaveNamesOfTheirOwn() {
        List<Conversation> shipped = Conversation.shipped();

        assertThat(shipped).hasSizeGreaterThanOrEqualTo(150);
        assertThat(shipped).extracting(Conversation::rule).doesNotContain("");
        assertThat(shipped)
                .allSatisfy(conversation -> assertThat(conversation.name())
                        .startsWith(conversation.role() == Role.SERVER ? "server-" : "client-"));
    }

    @Test
    void everyRequestIsSaidAndEveryResponseExpectedOfAServer() {
        List<Step> steps = Conversation.shipped().stream()
                .filter(conversation -> conversation.role() == Role.SERVER)
                .flatMap(conversation -> conversation.steps().stream())
                .toList();

        assertThat(codes(Direction.REQUEST))
                .allSatisfy(code -> assertThat(steps)
                        .anyMatch(step ->
                                step instanceof Step.Send send && send.text().startsWith(code)));
        assertThat(codes(Direction.RESPONSE))
                .allSatisfy(code -> assertThat(steps)
                        .anyMatch(step -> step instanceof Step.Expect expect
                                && expect.expected().type().code().equals(code)));
    }

    private static Stream<String> codes(Direction direction) {
        return Arrays.stream(MessageType.values())
                .filter(type -> type.direction() == direction)
                .map(MessageType::code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'rule: r\nrole: server\nlinks: tcp\n\nsilence' -> x:1: expected source: in the header, found none",
                "'rule: r\nsource: s\nrole: kiosk\nlinks: tcp\n\nsilence' -> x:3: expected role: server or client, found kiosk",
                "'rule: r\nsource: s\nrole: server\nlinks: carrier-pigeon\n\nsilence' -> x:4: expected tcp, tls or https, found carrier-pigeon",
                "'rule: r\ncolour: red\n\nsilence' -> x:2: expected rule:, source:, role:, links:, profile:, needs: or an empty line, found colour: red",
                "'rule: r\nrule: s\n\nsilence' -> x:2: expected rule: once, found it again"
            })
    void saysWhatIsWrongWithAHeader(String text, String message) {
        assertThatThrownBy(() -> Conversation.read("x", text))
                .isInstanceOf(ConversationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "say 99 -> x:6: expected > or < and a message, log in, silence, closed or reconnect, found say 99",
                "ask 99 -> x:6: expected a step of a conversation with a server, found ask 99",
                "> 99{tomorrow} -> x:6: expected one of {now} {utc} {blanks n} {repeat c n} {sum} {bad} {lower-case-sum} {any} {any n} {some} {digits n} {time} {money} {/…/}, found {tomorrow}",
                "> 99{now -> x:6: expected } after {, or \\{, found {now",
                "> 99{any 3} -> x:6: expected marks that say what to send, found {any 3}",
                "> 99\\q -> x:6: expected r, n, 0, t, xHH or a sign after \\, found \\q",
                "< ZZ -> x:6: expected the two digits of a SIP2 message, found \"ZZ\"",
                "< 121NN -> x:6: expected 22 characters of fixed fields in 12, found 3",
                "< 121NNY{some}AA1| -> x:6: expected characters, [choices], {time}, {blanks n}, {digits n} or {any n} in the fixed fields of 12, found {some}",
                "< 94[01 -> x:6: expected ] after [, found the end of the line",
                "< 941A| -> 'x:6: expected a field''s two letters and its value, found \"A\"'",
                "< 941AY1 -> x:6: expected a field with its delimiter, ... or AYnAZ{sum}, found \"AY1\"",
                "> 17AB$ITEM| -> 'x:1: expected needs: ITEM, found needs: '"
            })
    void saysWhatIsWrongWithALine(String line, String message) {
        assertThatThrownBy(() -> Conversation.read("x", HEADER + line))
                .isInstanceOf(ConversationException.class)
                .hasMessage(message);
    }

    @Test
    void aHeaderWithoutAConversationIsSaid() {
        assertThatThrownBy(() -> Conversation.read("x", HEADER))
                .hasMessageContaining("expected a conversation after the header, found the end of the file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "9900302.00AY1AZ{sum}; 9900302.00AY1AZFCA5",
                "9900302.00AY1AZ{lower-case-sum}; 9900302.00AY1AZfca5",
                "9900302.00AY1AZ{bad}; 9900302.00AY1AZFCA6",
                "'\\n\\0 9900302.00AY1AZ{sum}'; '\n\u0000 9900302.00AY1AZFCA5'",
                "97\\r9900302.00AY1AZ{sum}; '97\r9900302.00AY1AZFCA5'",
                "17{now}AB$ITEM|; 1720261124    193000AB3000000035|",
                "17{now+1d}|{utc-30s}|; 1720261125    193000|20261124   Z172930|",
                "{repeat x 3}{blanks 2}.\\$\\{; 'xxx  .${'"
            })
    void sendsWhatTheMarksStandFor(String line, String wire) {
        Template template = Template.read(line, new Token.Place("x", 1));

        assertThat(new String(template.bytes(VALUES, new java.io.ByteArrayOutputStream()), StandardCharsets.UTF_8))
                .isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "941 -> command: expected 36 End Session Response, found 94 Login Response",
                "Oops -> command: expected 36 End Session Response, found a line of 4 bytes that is no SIP2 message",
                "36Y2026 -> fixed fields: expected 19 characters, found 5",
                "36N20261124    193000AOX|AA2000012345|AF1| -> end session: expected \"Y\", found \"N\"",
                "36Y20261124    193000AA2000012345|AF1| -> AO institution id: expected 1 of it, found 0",
                "36Y20261124    193000AOX|AA2000012345|AA2000012345|AF1| -> AA patron identifier: expected 1 of it, found 2",
                "36Y20261124    193000AOX|AA2000099999|AF1| -> AA patron identifier: expected $CARD, found *** (10 characters)",
                "36Y20261124    193000AOX|AA2000012345|AF| -> AF screen message: expected {some}, found an empty value",
                "36Y20261124    193000AOX|AA2000012345|AF1|AEMeri| -> AE personal name: expected none, found *** (4 characters)",
                "36Y20261124    193000AOX|AA2000012345|AF1|AGok| -> AG print line: expected no other field, found \"ok\"",
                "36Y20261124    193000AOX|AA2000012345|AF1 -> coded fields: expected a delimiter after the last one, found none",
                "36Y20261124    193000AOX||AA2000012345|AF1| -> coded fields: expected a code before every delimiter, found none at byte 25",
                "36Y20261124    193000AOX|AA2000012345|AF1|AY1AZ0000 -> trailer: expected none, found AY1AZ0000",
                "36Y2026112X    193000AOX|AA2000012345|AF1| -> transaction date: expected \"[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]   [ A-Z][0-9][0-9][0-9][0-9][0-9][0-9]\", found \"2026112X    193000\""
            })
    void saysWhatDiffers(String line, String difference) {
        Expectation expected = Expectation.read("36Y{time}AA$CARD|AOX|AF{some}|!AE|", '|', new Token.Place("x", 1));

        assertThat(expected.differences(line.getBytes(StandardCharsets.UTF_8), VALUES))
                .contains(difference);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "941 -> trailer: expected AY1AZ, found none",
                "941AY2AZFDFB -> sequence number: expected AY1, found AY2",
                "941AZFE86 -> sequence number: expected AY1, found none",
                "941AY1AZ0000 -> checksum: expected AZFDFC, found AZ0000",
                "941AY1AZfdfc -> checksum: expected upper case, found AZfdfc"
            })
    void saysWhatDiffersInATrailer(String line, String difference) {
        Expectation expected = Expectation.read("941AY1AZ{sum}", '|', new Token.Place("x", 1));

        assertThat(expected.differences(line.getBytes(StandardCharsets.UTF_8), VALUES))
                .contains(difference);
    }

    @Test
    void findsNothingWhereALineIsAsItMustBe() {
        Expectation expected = Expectation.read(
                "36[YN]{time}AO{any}|AA$CARD|?AE{/M.*/}|AF{some}|...AY{any 1}AZ{sum}", '|', new Token.Place("x", 1));
        Template line =
                Template.read("36Y{now}AEMeri|AA2000012345|AFone|AFtwo|AO|ZZmore|AY7AZ{sum}", new Token.Place("x", 1));

        assertThat(expected.differences(line.bytes(VALUES, new java.io.ByteArrayOutputStream()), VALUES))
                .isEmpty();
    }
}

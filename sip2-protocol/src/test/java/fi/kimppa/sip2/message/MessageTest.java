package fi.kimppa.sip2.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WorkedFrames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    private static final Timestamp NOW = Timestamp.of(Instant.parse("2026-11-24T17:30:00Z"), HELSINKI);
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);

    static Stream<String> workedFrames() {
        return WorkedFrames.all().stream();
    }

    static Stream<MessageType> requests() {
        return Arrays.stream(MessageType.values()).filter(type -> type.direction() == Direction.REQUEST);
    }

    @ParameterizedTest
    @MethodSource("workedFrames")
    void recordsTurnTheWorkedFramesBackIntoTheSameBytes(String line) {
        Frame frame = frame(line);
        Frame again = frame.type().direction() == Direction.REQUEST
                ? Request.from(frame).toFrame()
                : Response.from(frame).toFrame();
        assertThat(new String(codec.encode(again.withSequence(frame.sequence()), true), UTF_8))
                .isEqualTo(line + "\r");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestHasATypedRefusalThatPromisesNothing(MessageType type) {
        Response refusal = Refusal.of(type, "TURKU", NOW);
        assertThat(refusal.type()).isEqualTo(type.answer());
        byte[] bytes = codec.encode(refusal.toFrame(), false);
        Frame read = frame(new String(bytes, UTF_8).strip());
        assertThat(Response.from(read)).isEqualTo(refusal);
        for (FixedField promise : new FixedField[] {
            FixedField.OK, FixedField.DESENSITIZE, FixedField.RESENSITIZE, FixedField.PAYMENT_ACCEPTED
        }) {
            if (type.answer().fixedFields().contains(promise)) {
                assertThat(read.fixed(promise)).isIn("0", "N");
            }
        }
    }

    @Test
    void keepsWhatTheTableDoesNotKnow() {
        Checkin checkin = (Checkin)
                Request.from(frame("09N20261121    14300520261121    143005APVALLILA|AOVASKI|ZZvendor|AB1|AC|AB2|"));
        assertThat(checkin.itemIdentifier()).isEqualTo("1");
        assertThat(checkin.extras()).extracting(Object::toString).containsExactly("ZZvendor", "AB2");
        assertThat(frame(new String(codec.encode(checkin.toFrame(), false), UTF_8).strip())
                        .fields())
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        Sinuhe egyptiläinen         ; sinuhe  Egyptiläinen / ; true
        Muumipappa ja meri :        ; Muumipappa ja meri     ; true
        C++                         ; C#                     ; false
        Kalevala                    ; Kalevalan maa          ; false
        3000000011                  ; Sinuhe egyptiläinen    ; false
        ''                          ; ''                     ; false
        """)
    void knowsATitleThatIsListedInPlaceOfANumber(String entry, String title, boolean same) {
        assertThat(ItemList.isTitle(entry, title)).isEqualTo(same);
    }

    @Test
    void keepsADateThatIsNone() {
        ItemInformationResponse item = (ItemInformationResponse)
                Response.from(frame("1804000120261121    143005CJtomorrow|ABx|AJtitle|CM20261122    120000|"));
        assertThat(item.recallDate()).isEmpty();
        assertThat(item.holdPickupDate()).contains(new Timestamp("20261122    120000"));
        assertThat(item.extras()).extracting(Object::toString).containsExactly("CJtomorrow");
    }

    @Test
    void readsBarcodesWithoutTheBlanksOfAScanner() {
        ItemInformation asked = (ItemInformation) Request.from(frame("1720261121    143005AOVASKI|AB 3000000035 |"));
        assertThat(asked.itemIdentifier()).isEqualTo("3000000035");
    }

    @Test
    void readsAmountsWithPointOrComma() {
        assertThat(Stream.of("2.40", "2,40")
                        .map(amount -> (PatronStatusResponse) Response.from(
                                frame("24              00720261121    143005AOV|AA1|AEN|BV" + amount + "|")))
                        .map(PatronStatusResponse::feeAmount))
                .containsOnly(Optional.of(new BigDecimal("2.40")));
    }

    @Test
    void a66SaysWhatRenewalsCostInGroups() {
        RenewAllResponse told = RenewAllResponse.of(true, NOW, "V", List.of(), List.of("1", "2"), List.of())
                .pricing(List.of(
                        new RenewAllResponse.Price("1", "06", "EUR", new BigDecimal("1.50")),
                        new RenewAllResponse.Price("2", "06", "EUR", new BigDecimal("2.00"))));
        String line = new String(codec.encode(told.toFrame(), false), UTF_8).strip();
        assertThat(line).endsWith("|BN1|BN2|AB1|BT06|BHEUR|BV1.50|AB2|BT06|BHEUR|BV2.00|");
        RenewAllResponse read = (RenewAllResponse) Response.from(frame(line));
        assertThat(read.prices()).isEqualTo(told.prices()).hasSize(2);
        assertThat(((RenewAllResponse) Response.from(frame(line.replace("BV1.50", "BV?")))).prices())
                .as("no sum, no price")
                .hasSize(1);
    }

    @Test
    void unknownCountsAreBlanks() {
        PatronInformationResponse answer = (PatronInformationResponse) Response.from(
                frame("64              00720261121    14300500010000000200000000    AOV|AA1|AEN|AS7|AS8|"));
        assertThat(answer.counts())
                .isEqualTo(Map.of(
                        ItemList.HOLD,
                        1,
                        ItemList.OVERDUE,
                        0,
                        ItemList.CHARGED,
                        2,
                        ItemList.FINE,
                        0,
                        ItemList.RECALL,
                        0));
        assertThat(answer.items().get(ItemList.HOLD)).containsExactly("7", "8");
    }

    @ParameterizedTest
    @CsvSource({
        "'20261121    143005', 2026-11-21T12:30:05Z",
        "'20261121   Z143005', 2026-11-21T14:30:05Z",
        "'20261121   Q143005', 2026-11-21T18:30:05Z",
        "'20260621   C143005', 2026-06-21T11:30:05Z",
        "'20261121ABCD143005', 2026-11-21T12:30:05Z",
    })
    void readsEveryFormOfTime(String text, Instant instant) {
        assertThat(new Timestamp(text).instant(HELSINKI)).contains(instant);
    }

    @ParameterizedTest
    @CsvSource({"'                  '", "000000000000000000", "20261340    990000"})
    void noDateIsNoDate(String text) {
        assertThat(new Timestamp(text).instant(HELSINKI)).isEmpty();
    }

    @Test
    void messagesPrintWithoutPersons() {
        assertThat(Response.from(frame(WorkedFrames.all().get(8))).toString())
                .contains("Patron Information Response")
                .doesNotContain("2000012345")
                .doesNotContain("Åke");
    }

    @Test
    void supportedMessagesHaveTheStandardsPositions() {
        String wire = SupportedMessages.wire(java.util.Set.of(MessageType.CHECKOUT, MessageType.RENEW_ALL));
        assertThat(wire).isEqualTo("NYNNNNNNNNNNNNNY");
        assertThat(SupportedMessages.has(wire, MessageType.RENEW_ALL)).isTrue();
        assertThat(SupportedMessages.has("NY", MessageType.RENEW_ALL)).isFalse();
    }

    private Frame frame(String line) {
        assertThat(codec.decode(line.getBytes(UTF_8))).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete) codec.decode(line.getBytes(UTF_8))).frame();
    }
}

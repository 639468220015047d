package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPad;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The staff pad before the virtual desk's pad over TCP, with a gateway that gives orders and forgets to stop. */
class StaffPadTest {
    private static final Uid UID = Uid.parse("E004015000000001");
    private static final ItemTag ITEM = ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2);
    private static final int SECURED = 0x07;
    /** So many commands reach the tag before the first half of its memory is written. */
    private static final int MIDDLE = 18;

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPad pad = desk.pad();
    private final JsonMapper json = JsonMapper.builder().build();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final Map<UUID, String> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String answer = "";

    @TempDir
    private Path data;

    private HttpServer gateway;
    private StaffPad terminal;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        gateway.createContext("/api/reports", exchange -> {
            JsonNode report = json.readTree(exchange.getRequestBody().readAllBytes());
            JsonNode ended = report.get("tagOrders").get("ended");
            reports.add(report);
            if (!ended.isEmpty() && refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                ended.forEach(one -> outcomes.put(
                        UUID.fromString(one.get("id").stringValue()),
                        (one.get("outcome").stringValue() + " " + one.get("uid").stringValue()).strip()));
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                if (body.length == 0) {
                    exchange.sendResponseHeaders(204, -1);
                } else {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
            exchange.close();
        });
        gateway.start();
        terminal = start(1);
    }

    private StaffPad start(int reportSeconds) {
        StaffPad started = new StaffPad(StaffPadConfiguration.parse(
                "test", """
                {
                  "login": "desk-turku", "password": "long-and-random",
                  "gateway": {"http": "http://127.0.0.1:%d", "reportSeconds": %d},
                  "devices": {"pad": "%s"},
                  "data": "%s"
                }""".formatted(gateway.getAddress().getPort(), reportSeconds, pad.address(), data)));
        started.start();
        happens(
                "the pad is found",
                () -> !reports.isEmpty() && status(reports.getLast()).equals("READY"));
        return started;
    }

    @AfterEach
    void stop() {
        terminal.close();
        gateway.stop(0);
        desk.close();
    }

    private static String status(JsonNode report) {
        return report.get("devices").get(0).get("status").stringValue();
    }

    private void happens(String what, java.util.function.BooleanSupplier condition) {
        Eventually.eventually(what, condition, () -> outcomes + " " + tags());
    }

    private List<VirtualTag> tags() {
        return desk.snapshot().pad().tags();
    }

    private VirtualTag tag(Uid uid) {
        return tags().stream().filter(tag -> tag.uid().equals(uid)).findFirst().orElseThrow();
    }

    private static VirtualTag blank(Uid uid) {
        return new VirtualTag(uid, 0, 0, new byte[112]);
    }

    private UUID order(ItemTag item, long millisLeft) {
        return order(item, item.model().name(), millisLeft);
    }

    private UUID order(ItemTag item, String model, long millisLeft) {
        UUID id = UUID.randomUUID();
        answer = """
                {"tagOrder": {"id": "%s", "millisLeft": %d, "item": "%s", "owner": "%s", "part": %d, "parts": %d,
                              "model": "%s"}}
                """.formatted(
                id, millisLeft, item.identifier(), item.owner().orElse(""), item.ordinal(), item.totalParts(), model);
        return id;
    }

    private String outcome(UUID order) {
        happens("an outcome", () -> outcomes.containsKey(order));
        return outcomes.getOrDefault(order, "");
    }

    private String ordered(ItemTag item) {
        return outcome(order(item, 60_000));
    }

    private static void says(VirtualTag tag, ItemTag item) {
        assertThat(TagCodec.decode(tag.dsfid(), tag.memory()))
                .isInstanceOfSatisfying(
                        TagContent.Decoded.class,
                        content -> assertThat(content.item()).isEqualTo(item));
        assertThat(tag.afi()).isEqualTo(SECURED);
        assertThat(tag.dsfid()).isEqualTo(item.model().dsfid());
    }

    // ---- what is written ---------------------------------------------------------------------------------

    @Test
    void writesABlankTagAndTheSameTagAgain() {
        pad.lay(blank(UID));
        for (ItemTag item :
                List.of(ITEM.part(2, 3), ITEM, ItemTag.single("3000000011", "FI-Lieto", TagModel.FINNISH_2005))) {
            assertThat(ordered(item)).isEqualTo("WRITTEN " + UID);
            says(tag(UID), item);
        }
    }

    @Test
    void tellsTheOutcomeAtOnceAndNotWithTheNextSignOfLife() {
        terminal.close();
        reports.clear();
        terminal = start(30);
        UUID order = order(ITEM, 0);
        pad.unplug();
        assertThat(outcome(order)).isEqualTo("EXPIRED");
    }

    @Test
    void writesOnceHoweverOftenItIsToldAndTellsUntilItIsHeard() {
        pad.lay(blank(UID));
        refused.set(2);
        UUID order = order(ITEM, 60_000);
        assertThat(outcome(order)).isEqualTo("WRITTEN " + UID);
        pad.clear();
        Uid other = Uid.parse("E004015000000002");
        pad.lay(blank(other));
        int before = reports.size();
        happens("three more reports that are answered by the same order", () -> reports.size() > before + 3);
        assertThat(tags()).containsExactly(blank(other));
        assertThat(reports.getLast().get("tagOrders").get("ended")).isEmpty();
        assertThat(ordered(ITEM)).as("a new order").isEqualTo("WRITTEN " + other);
    }

    @Test
    void doesNotBeginAfterItsTime() {
        pad.lay(blank(UID));
        assertThat(outcome(order(ITEM, 0))).isEqualTo("EXPIRED");
        assertThat(tags()).containsExactly(blank(UID));
    }

    // ---- what is not -------------------------------------------------------------------------------------

    static Stream<Arguments> refusals() {
        ItemTag other = ItemTag.single("3000000028", "FI-Turku", TagModel.ISO_28560_2);
        ItemTag card = new ItemTag(
                "3000000011", Optional.empty(), 1, 1, Optional.of(TypeOfUsage.PATRON), TagModel.ISO_28560_2);
        return Stream.of(
                Arguments.of("NO_TAG", List.of()),
                Arguments.of("SEVERAL_TAGS", List.of(blank(UID), blank(Uid.parse("E004015000000002")))),
                Arguments.of("OTHER_ITEM", List.of(DemoTags.tag(other, TagSecurity.UNSECURED))),
                Arguments.of("OTHER_ITEM", List.of(DemoTags.tag(card, TagSecurity.UNSECURED))),
                Arguments.of("UNKNOWN_CONTENT", List.of(blank(UID).withMemory(40, new byte[] {1, 2, 3}))),
                Arguments.of("LOCKED", List.of(blank(UID).withLockedBlock(4))),
                Arguments.of("TOO_SMALL", List.of(new VirtualTag(UID, 0, 0, new byte[12]))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void leavesAsItIsWhatMayNotBeWritten(String outcome, List<VirtualTag> lying) {
        lying.forEach(pad::lay);
        assertThat(ordered(ITEM)).isEqualTo(outcome);
        assertThat(tags()).isEqualTo(lying);
    }

    @Test
    void saysThatANumberOrAModelCannotBeStored() {
        pad.lay(blank(UID));
        assertThat(ordered(ItemTag.single("3000000011-3000000011", "FI-Turku", TagModel.ISO_28560_3)))
                .isEqualTo("NOT_ENCODABLE");
        assertThat(outcome(order(ITEM, "ISO_28560_9", 60_000))).isEqualTo("NOT_ENCODABLE");
        assertThat(tags()).containsExactly(blank(UID));
    }

    @Test
    void saysThatThePadIsAway() {
        pad.unplug();
        happens("the pad is missed", () -> status(reports.getLast()).equals("ABSENT"));
        assertThat(ordered(ITEM)).isEqualTo("PAD_AWAY");
    }

    // ---- what goes wrong in the middle -------------------------------------------------------------------

    @Test
    void aTagThatIsLiftedInTheMiddleIsFinishedByTheNextOrder() {
        pad.lay(blank(UID));
        inTheMiddle(pad::lay, "TAG_GONE", false);
    }

    @Test
    void aPadThatStartsAnewInTheMiddleIsFinishedByTheNextOrder() {
        pad.lay(blank(UID));
        inTheMiddle(
                tag -> {
                    pad.lay(tag);
                    pad.cutPower();
                },
                "WRITE_FAILED",
                true);
    }

    /** Something happens to the tag, or to the pad, when half of it is written. */
    private void inTheMiddle(Consumer<VirtualTag> then, String outcome, boolean atOnce) {
        List<VirtualTag> taken = new CopyOnWriteArrayList<>();
        pad.liftAfter(UID, MIDDLE, tag -> {
            taken.add(tag);
            if (atOnce) {
                then.accept(tag);
            }
        });
        assertThat(ordered(ITEM)).isEqualTo(outcome + " " + UID);
        byte[] begun = taken.getFirst().memory();
        byte[] whole = Arrays.copyOf(TagCodec.encode(ITEM), begun.length);
        assertThat(begun).isNotEqualTo(new byte[begun.length]).isNotEqualTo(whole);
        if (!atOnce) {
            then.accept(taken.getFirst());
        }
        happens("the pad is back", () -> status(reports.getLast()).equals("READY"));
        assertThat(ordered(ITEM)).isEqualTo("WRITTEN " + UID);
        says(tag(UID), ITEM);
    }

    @Test
    void aTagThatTakesNoWriteIsToldAndLeftAsItIs() {
        pad.lay(blank(UID));
        pad.failMemoryWrites(UID, 100);
        assertThat(ordered(ITEM)).isEqualTo("WRITE_FAILED " + UID);
        assertThat(tags()).containsExactly(blank(UID));
        pad.failMemoryWrites(UID, 0);
        assertThat(ordered(ITEM)).isEqualTo("WRITTEN " + UID);
    }

    @Test
    void aTagWhoseSecurityCannotBeWrittenIsToldApart() {
        pad.lay(blank(UID));
        pad.lockAfi(UID);
        assertThat(ordered(ITEM)).isEqualTo("NOT_SECURED " + UID);
        assertThat(TagCodec.decode(tag(UID).dsfid(), tag(UID).memory())).isInstanceOf(TagContent.Decoded.class);
    }

    // ---- what it is told ---------------------------------------------------------------------------------

    @Test
    void itsFileNamesTheKeyThatIsWrong() {
        String file = """
                {"login": "desk-turku", "password": "long-and-random", "gateway": {"http": "http://127.0.0.1:1"},
                 "devices": {"pads": "feig:tcp:127.0.0.1:1"}}""";
        assertThatThrownBy(() -> StaffPadConfiguration.parse("pad.json", file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pad.json: devices.pad: expected a text, found nothing");
        assertThatThrownBy(() -> StaffPadConfiguration.parse(
                        "pad.json", file.replace("\"pads\"", "\"printer\": \"x\", \"pad\"")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pad.json: devices.printer: unknown key, expected one of pad");
        assertThat(StaffPadConfiguration.parse("pad.json", file.replace("pads", "pad"))
                        .toString())
                .doesNotContain("long-and-random");
    }
}

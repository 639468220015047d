package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.SelfTestReport.Outcome;
import fi.kimppa.device.SelfTestReport.Step;
import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device remembers of its line, without anybody's number; how it is played again; and what a self-test says. */
class TraceTest {
    private static final String CARD = "22853000123456";

    private static VirtualTag card(TagModel model) {
        return DemoTags.tag(
                new ItemTag(CARD, Optional.of("FI-Turku"), 1, 1, Optional.of(TypeOfUsage.PATRON), model),
                TagSecurity.SECURED);
    }

    @ParameterizedTest
    @EnumSource(TagModel.class)
    void holdsStandInsThatCanBeReplayed(TagModel model) {
        VirtualTag card = card(model);
        List<TracedFrame> trace;
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = RfidPad.open(desk.pad().address())) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            desk.pad().lay(card);
            pad.inventory();
            assertThat(pad.read(card.uid()).orElseThrow().item().orElseThrow().identifier())
                    .isEqualTo(CARD);
            assertThat(pad.setSecurity(card.uid(), CARD, TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(pad.statistics().count(Counter.WRITES_GOOD)).isEqualTo(1);
            trace = pad.trace();
        }
        assertNothingOf(card, trace);

        String exported = trace.stream().map(TracedFrame::toString).collect(Collectors.joining("\n"));
        List<TracedFrame> imported = exported.lines().map(TracedFrame::parse).toList();
        assertThat(imported).isEqualTo(trace);

        try (TcpListener replay = TcpListener.listen("feig", 0, new Replay(imported)::serve);
                RfidPad pad = RfidPad.open(DeviceAddress.parse("feig:tcp:127.0.0.1:" + replay.port()))) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            Uid other = pad.inventory().getFirst();
            assertThat(other).isNotEqualTo(card.uid());
            PadTag played = pad.read(other).orElseThrow();
            assertThat(played.item().orElseThrow().isPatronCard()).isTrue();
            assertThat(played.item().orElseThrow().identifier())
                    .isNotEqualTo(CARD)
                    .hasSameSizeAs(CARD)
                    .containsOnlyDigits();
            assertThat(played.content()).isInstanceOf(TagContent.Decoded.class);
        }
    }

    private static void assertNothingOf(VirtualTag card, List<TracedFrame> trace) {
        String all = trace.stream()
                .map(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
        String identifierObject = new String(card.memory(), 0, 24, StandardCharsets.ISO_8859_1);
        assertThat(trace).hasSizeGreaterThan(10);
        assertThat(all)
                .doesNotContain(CARD)
                .doesNotContain(new String(card.uid().bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(identifierObject.substring(1, 9));
    }

    @Test
    void keepsTheLastFiveHundredFrames() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = RfidPad.open(desk.pad().address())) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            for (int i = 0; i < 300; i++) {
                pad.inventory();
            }
            assertThat(pad.trace()).hasSize(500).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        }
    }

    @Test
    void refusesALineThatIsNoFrame() {
        assertThatThrownBy(() -> TracedFrame.parse("hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected a time, > or <, and bytes");
        assertThatThrownBy(() -> TracedFrame.parse("yesterday > 00")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void testsItselfAtThreeLevels() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = RfidPad.open(desk.pad().address())) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(outcomes(pad.selfTest(SelfTestLevel.ANSWERS))).containsExactly(Outcome.PASSED);
            assertThat(outcomes(pad.selfTest(SelfTestLevel.HEALTHY))).containsExactly(Outcome.PASSED, Outcome.PASSED);
            SelfTestReport empty = pad.selfTest(SelfTestLevel.WORKS);
            assertThat(empty.passed()).isTrue();
            assertThat(empty.steps().getLast().detail()).isEqualTo("no tag lies on it");
            desk.pad().lay(card(TagModel.ISO_28560_2));
            SelfTestReport works = pad.selfTest(SelfTestLevel.WORKS);
            assertThat(works.steps().getLast().detail()).isEqualTo("1 of 1 tags are library tags");
            desk.pad().unplug();
            SelfTestReport absent = pad.selfTest(SelfTestLevel.WORKS);
            assertThat(outcomes(absent)).containsExactly(Outcome.FAILED);
            assertThat(absent.steps().getFirst().detail()).contains("feig:tcp:127.0.0.1:");
        }
    }

    private static List<Outcome> outcomes(SelfTestReport report) {
        return report.steps().stream().map(Step::outcome).toList();
    }
}

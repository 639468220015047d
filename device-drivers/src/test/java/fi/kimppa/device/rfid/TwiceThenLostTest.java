package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one double fault that leaves nothing over to notice it by: an answer comes twice, and the next one not at all. */
class TwiceThenLostTest {
    private static final Uid FIRST = Uid.parse("E00401500A1B2C3D");

    @ParameterizedTest
    @EnumSource
    void takesNoAnswerThatCameTwiceForOneThatWasLost(PadMake make) {
        Map<Uid, ItemTag> items = new LinkedHashMap<>();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            for (TagModel model : TagModel.values()) {
                for (String number : new String[] {"853N00000001", "853N00000002"}) {
                    boolean isLong = model == TagModel.ISO_28560_2;
                    ItemTag item = ItemTag.single(
                            number + model.dsfid() + (isLong ? "abcdefghijklmnopqrstuv" : ""), "FI-Turku", model);
                    var tag = DemoTags.tag(item, TagSecurity.SECURED);
                    items.put(tag.uid(), item);
                    desk.pad().lay(tag);
                }
            }
            assertThat(said(16, answer -> {
                        var twice = new AtomicInteger(Integer.MAX_VALUE);
                        try (RfidPad pad = pad(make, desk, twice)) {
                            pad.inventory();
                            twice.set(answer);
                            Map<Uid, PadTag> found = pad.identify(items.keySet());
                            assertThat(found).hasSameSizeAs(items);
                            found.forEach((uid, tag) ->
                                    assertThat(tag.item()).isEqualTo(Optional.ofNullable(items.get(uid))));
                        }
                    }))
                    .isPositive();
        }
    }

    private static RfidPad pad(PadMake make, VirtualDesk desk, AtomicInteger twice) {
        RfidPad pad = make.inMemory(desk.pad(), Map.of("timeout", "200"), link -> new TwiceThenLost(link, twice));
        eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
        return pad;
    }

    /** Doubles and loses each of so many answers, all at once because most of it is waiting; how often something was said. */
    private static int said(int answers, IntConsumer trial) {
        var said = new AtomicInteger();
        List<CompletableFuture<Void>> trials = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < answers; i++) {
                int answer = i;
                trials.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                trial.accept(answer);
                                said.incrementAndGet();
                            } catch (DeviceException _) {
                                // Nothing is said about a tag, which is no mistake: the one that came twice cannot be
                                // the next one's answer, or the machine is slow.
                            }
                        },
                        threads));
            }
        }
        trials.forEach(CompletableFuture::join);
        return said.get();
    }

    /** Blocks that shall be alike are told apart only by asking again. */
    @ParameterizedTest
    @EnumSource
    void callsNoBlockWrittenThatOnlyTheOneBeforeIs(PadMake make) {
        byte[] blank = new byte[16];
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            assertThat(said(14, answer -> {
                        VirtualTag tag = new VirtualTag(new Uid(FIRST.value() + answer), 0, 0x07, blank);
                        desk.pad().lay(tag.withMemory(8, new byte[] {1, 2, 3, 4}));
                        var twice = new AtomicInteger(Integer.MAX_VALUE);
                        try (RfidPad pad = pad(make, desk, twice)) {
                            twice.set(answer);
                            assertThat(pad.write(tag.uid(), 0, blank)).isInstanceOf(TagWrite.Written.class);
                            assertThat(desk.snapshot().pad().tags()).contains(tag);
                        }
                    }))
                    .isPositive();
        }
    }

    /** After so many more answers one comes twice, and the next one never. */
    private static final class TwiceThenLost implements ByteLink {
        private final ByteLink link;
        private final AtomicInteger before;
        private byte[] again = new byte[0];

        TwiceThenLost(ByteLink link, AtomicInteger before) {
            this.link = link;
            this.before = before;
        }

        @Override
        public DeviceAddress address() {
            return link.address();
        }

        @Override
        public int read(byte[] buffer, Duration timeout) {
            if (again.length > 0 && !timeout.isZero()) {
                int count = again.length;
                System.arraycopy(again, 0, buffer, 0, count);
                again = new byte[0];
                for (int lost = 0; lost == 0; ) {
                    lost = link.read(new byte[512], timeout);
                }
                return count;
            }
            int count = link.read(buffer, timeout);
            if (count > 0 && before.getAndDecrement() == 0) {
                again = Arrays.copyOf(buffer, count);
            }
            return count;
        }

        @Override
        public void write(byte[] bytes) {
            link.write(bytes);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}

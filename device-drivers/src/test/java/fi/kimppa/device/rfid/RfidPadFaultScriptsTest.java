package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong on the line, a pad may say that it does not know; it must not say what is not so. Each seed lays some tags, draws
 * faults, calls the pad a few times, and compares what it says with what the simulator's tags are.
 */
class RfidPadFaultScriptsTest {
    /** Most of the time is waiting for answers that do not come. */
    private static final int AT_ONCE = 24;
    /** Far more than the time-outs of any one call together. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void saysNothingThatIsNotSoWhateverGoesWrong(PadMake make) {
        play(make, 1, 200);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void saysNothingThatIsNotSoInTenThousandScripts(PadMake make) {
        play(make, 1_000, 10_000);
    }

    private static void play(PadMake make, long first, int count) {
        Seeds.each(first, count, AT_ONCE, () -> {
            VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
            return new Seeds.Stage() {
                @Override
                public void play(long seed) {
                    desk.pad().clear();
                    try (Play play = new Play(make, desk, seed)) {
                        play.run();
                    }
                }

                @Override
                public void close() {
                    desk.close();
                }
            };
        });
    }

    /** One script. */
    private static final class Play implements AutoCloseable {
        private static final List<String> MODES = List.of("afi", "afi", "eas", "afi+eas");

        private final PadMake make;
        private final VirtualDesk desk;
        private final Random random;
        private final String mode;
        private final FaultScript script;
        private final SentWrites writes;
        private final RfidPad pad;
        private final Map<Uid, ItemTag> items = new LinkedHashMap<>();
        private final List<String> calls = new ArrayList<>();

        Play(PadMake make, VirtualDesk desk, long seed) {
            this.make = make;
            this.desk = desk;
            this.random = Seeds.random(seed);
            this.mode = MODES.get(random.nextInt(MODES.size()));
            this.script = new FaultScript(
                    seed, List.of(20, 60, 150).get(random.nextInt(3)), Duration.ofMillis(80), desk.pad()::cutPower);
            this.writes = new SentWrites(make);
            this.pad = make.inMemory(
                    desk.pad(),
                    Map.of("timeout", "50", "security", mode),
                    // The tap is on the driver's side: what it meant to send counts, not what became of it.
                    link -> writes.on(script.on(link)));
            for (int i = 3 + random.nextInt(4); i > 0; i--) {
                FaultScripts.Drawn drawn = FaultScripts.tag(random);
                desk.pad().lay(drawn.tag());
                drawn.item().ifPresent(item -> items.put(drawn.tag().uid(), item));
            }
        }

        void run() {
            try {
                for (int i = 6 + random.nextInt(5); i > 0; i--) {
                    act();
                }
                script.end();
                recovers();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        make + ", security " + mode + ", " + script + "\ncalls " + calls + "\n" + e.getMessage(), e);
            }
        }

        private void act() {
            List<VirtualTag> lying = lying();
            Uid uid = lying.get(random.nextInt(lying.size())).uid();
            switch (random.nextInt(6)) {
                case 0 ->
                    call("inventory", Optional.empty(), pad::inventory)
                            .ifPresent(seen -> assertThat(seen)
                                    .doesNotHaveDuplicates()
                                    .isSubsetOf(
                                            lying.stream().map(VirtualTag::uid).toList()));
                case 1 -> {
                    List<Uid> uids = lying.stream().map(VirtualTag::uid).toList();
                    call("identify", Optional.empty(), () -> pad.identify(uids))
                            .ifPresent(found -> found.values().forEach(tag -> isSo(tag, false)));
                }
                case 2, 3 ->
                    call("read " + uid, Optional.empty(), () -> pad.read(uid))
                            .ifPresent(read -> read.ifPresent(tag -> isSo(tag, true)));
                case 4 -> secure(uid, random.nextBoolean() ? TagSecurity.SECURED : TagSecurity.UNSECURED);
                default -> write(uid);
            }
        }

        private void secure(Uid uid, TagSecurity target) {
            String identifier =
                    Optional.ofNullable(items.get(uid)).map(ItemTag::identifier).orElse("none");
            VirtualTag before = tag(uid);
            Optional<SecurityWrite> result = call(
                    "secure " + uid + " " + target, Optional.of(uid), () -> pad.setSecurity(uid, identifier, target));
            VirtualTag now = tag(uid);
            int afi = AfiPair.STANDARD.of(target);
            boolean eas = target == TagSecurity.SECURED;
            if (result.isPresent() && result.get() instanceof SecurityWrite.Verified) {
                assertThat(mode.equals("eas") || now.afi() == afi)
                        .as("AFI is %s", now)
                        .isTrue();
                assertThat(mode.equals("afi") || now.eas() == eas)
                        .as("EAS is %s", now)
                        .isTrue();
            }
            assertThat(now.withAfi(0).withEas(false))
                    .isEqualTo(before.withAfi(0).withEas(false));
            assertThat(now.afi()).isIn(before.afi(), mode.equals("eas") ? before.afi() : afi);
            assertThat(now.eas()).isIn(before.eas(), mode.equals("afi") ? before.eas() : eas);
        }

        private void write(Uid uid) {
            TagModel model = FaultScripts.model(random);
            ItemTag item = FaultScripts.otherItem(random, model);
            byte[] memory = FaultScripts.memory(item);
            VirtualTag before = tag(uid);
            Optional<TagWrite> result =
                    call("write " + uid, Optional.of(uid), () -> pad.write(uid, model.dsfid(), memory));
            VirtualTag now = tag(uid);
            if (result.isPresent() && result.get() instanceof TagWrite.Written) {
                assertThat(now).isEqualTo(before.withMemory(0, memory).withDsfid(model.dsfid()));
            }
            assertThat(now.afi()).isEqualTo(before.afi());
            assertThat(now.eas()).isEqualTo(before.eas());
            // Whole or not, from now on the item is what can be read there.
            items.remove(uid);
            if (Arrays.equals(now.memory(), before.withMemory(0, memory).memory()) && now.dsfid() == model.dsfid()) {
                items.put(uid, item);
            }
        }

        /** One call; empty when the pad says that it does not know. */
        private <T> Optional<T> call(String name, Optional<Uid> mayChange, Supplier<T> call) {
            List<VirtualTag> others = others(mayChange);
            writes.expect(mayChange);
            long begun = System.nanoTime();
            Optional<T> result;
            try {
                result = Optional.of(call.get());
            } catch (DeviceException e) {
                result = Optional.empty();
            }
            calls.add(name + (result.isPresent() ? "" : " (failed)"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(LONGEST_CALL);
            if (result.isEmpty()) {
                pad.check();
            }
            // What was sent on a link that is gone now may still be on its way into the reader.
            eventually(
                    "the reader has one host at most",
                    () -> desk.snapshot().pad().hosts() <= 1);
            assertThat(writes.forbidden()).isEmpty();
            assertThat(others(mayChange))
                    .as("tags that were not meant by %s", name)
                    .isEqualTo(others);
            return result;
        }

        private List<VirtualTag> others(Optional<Uid> changing) {
            return lying().stream()
                    .filter(tag -> !changing.equals(Optional.of(tag.uid())))
                    .toList();
        }

        /** What the pad says of a tag is what the tag is: nothing has changed it meanwhile. */
        private void isSo(PadTag said, boolean withSecurity) {
            VirtualTag tag = tag(said.uid());
            assertThat(FaultScripts.essence(said.content())).isEqualTo(FaultScripts.truth(said.dsfid(), tag));
            if (withSecurity) {
                assertThat(said.dsfid()).isEqualTo(tag.dsfid());
                Optional<TagSecurity> byAfi = AfiPair.STANDARD.meaning(tag.afi());
                Optional<TagSecurity> byEas = Optional.of(tag.eas() ? TagSecurity.SECURED : TagSecurity.UNSECURED);
                assertThat(said.security())
                        .isEqualTo(
                                switch (mode) {
                                    case "afi" -> byAfi;
                                    case "eas" -> byEas;
                                    default -> byAfi.equals(byEas) ? byAfi : Optional.empty();
                                });
            }
        }

        /** When nothing goes wrong any more, everything is found again. */
        private void recovers() {
            Collection<Uid> all = lying().stream().map(VirtualTag::uid).toList();
            eventually("the pad is ready", () -> pad.check() instanceof DeviceStatus.Ready);
            eventually(
                    "everything is seen",
                    () -> call("inventory", Optional.empty(), pad::inventory)
                            .filter(seen -> seen.size() == all.size())
                            .isPresent());
            // One by one: a machine that is slow now and then must manage a few exchanges in time, not all of them.
            for (Uid uid : all) {
                eventually(
                        uid + " is read",
                        () -> call("identify " + uid, Optional.empty(), () -> pad.identify(List.of(uid)))
                                .filter(found -> found.containsKey(uid))
                                .isPresent());
            }
        }

        private List<VirtualTag> lying() {
            return desk.snapshot().pad().tags();
        }

        private VirtualTag tag(Uid uid) {
            return lying().stream()
                    .filter(tag -> tag.uid().equals(uid))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            pad.close();
        }
    }
}

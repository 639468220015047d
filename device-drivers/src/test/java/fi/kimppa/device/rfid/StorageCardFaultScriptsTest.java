package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link RfidPadFaultScriptsTest} for readers of storage cards: commands and answers are lost, refused and cut short, cards are pulled,
 * laid down again and swapped in mid-exchange, and the reader goes. A pad may say that it does not know; it must not say what is not so.
 */
class StorageCardFaultScriptsTest {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    @Test
    void saysNothingThatIsNotSoWhateverGoesWrong() {
        Seeds.each(1, 200, 2, () -> StorageCardFaultScriptsTest::play);
    }

    @Tag("long")
    @Test
    void saysNothingThatIsNotSoInTenThousandScripts() {
        Seeds.each(1_000, 10_000, 2, () -> StorageCardFaultScriptsTest::play);
    }

    private static void play(long seed) {
        try (Play play = new Play(seed)) {
            play.run();
        }
    }

    /** One script. */
    private static final class Play implements AutoCloseable {
        private static final String WRITE_AFI = "FFFB00000B2227UUAA";
        private static final String READ_AFI = "FFFB00000A222BUU";
        private static final List<Map<String, String>> SETTINGS = List.of(
                Map.of("afi-command", WRITE_AFI, "afi-read-command", READ_AFI),
                Map.of("afi-command", WRITE_AFI, "afi-read-command", READ_AFI),
                Map.of("afi-command", WRITE_AFI),
                Map.of());

        private final Random random;
        private final boolean tellsAfi;
        private final CardReaderWithFaults reader;
        private final List<String> identifiers = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private final RfidPad pad;

        Play(long seed) {
            this.random = Seeds.random(seed);
            Map<String, String> settings = SETTINGS.get(random.nextInt(SETTINGS.size()));
            this.tellsAfi = settings.containsKey("afi-read-command");
            List<VirtualTag> tags = new ArrayList<>();
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                FaultScripts.Drawn drawn = FaultScripts.tag(random);
                tags.add(drawn.tag());
                identifiers.add(drawn.item().map(ItemTag::identifier).orElse("none"));
            }
            int perMille = List.of(20, 60, 150).get(random.nextInt(3));
            this.reader = new CardReaderWithFaults(random, perMille, tags);
            var address = new DeviceAddress("pcsc", new DeviceAddress.Link.Memory("test"), settings);
            this.pad = StorageCardProtocol.open(DeviceId.of(DeviceKind.PAD), address, () -> reader.link(address));
        }

        void run() {
            try {
                for (int i = 8 + random.nextInt(8); i > 0; i--) {
                    act();
                }
                reader.end();
                recovers();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(reader.faults() + "\ncalls " + calls + "\n" + e.getMessage(), e);
            }
        }

        private void act() {
            List<VirtualTag> all = reader.tags();
            int which = random.nextInt(all.size());
            Uid uid = all.get(which).uid();
            if (random.nextInt(3) == 0) {
                reader.lay(which);
            }
            switch (random.nextInt(6)) {
                case 0 ->
                    call("inventory", List.of(), pad::inventory)
                            .ifPresent(seen -> assertThat(seen)
                                    .hasSizeLessThan(2)
                                    .isSubsetOf(
                                            all.stream().map(VirtualTag::uid).toList()));
                case 1 -> {
                    int before = reader.faults().size();
                    List<Uid> uids = all.stream().map(VirtualTag::uid).toList();
                    call("identify", List.of(), () -> pad.identify(uids))
                            .ifPresent(found -> found.values().forEach(tag -> isSo(tag, before)));
                }
                case 2, 3 -> {
                    int before = reader.faults().size();
                    call("read " + uid, List.of(), () -> pad.read(uid))
                            .ifPresent(read -> read.ifPresent(tag -> isSo(tag, before)));
                }
                case 4 -> secure(which, random.nextBoolean() ? TagSecurity.SECURED : TagSecurity.UNSECURED);
                default -> write(which);
            }
        }

        private void secure(int which, TagSecurity target) {
            VirtualTag before = reader.tags().get(which);
            Optional<SecurityWrite> result = call(
                    "secure " + before.uid() + " " + target,
                    List.of(before.uid().toString()),
                    () -> pad.setSecurity(before.uid(), identifiers.get(which), target));
            VirtualTag now = reader.tags().get(which);
            int afi = AfiPair.STANDARD.of(target);
            if (result.isPresent() && result.get() instanceof SecurityWrite.Verified) {
                assertThat(now.afi()).isEqualTo(afi);
            }
            assertThat(now.withAfi(0)).isEqualTo(before.withAfi(0));
            assertThat(now.afi()).isIn(before.afi(), afi);
        }

        private void write(int which) {
            VirtualTag before = reader.tags().get(which);
            ItemTag item = FaultScripts.otherItem(random, FaultScripts.model(random));
            byte[] memory = FaultScripts.memory(item);
            Optional<TagWrite> result = call(
                    "write " + before.uid(),
                    List.of(before.uid().toString()),
                    () -> pad.write(before.uid(), before.dsfid(), memory));
            VirtualTag now = reader.tags().get(which);
            VirtualTag whole = before.withMemory(0, memory);
            if (result.isPresent() && result.get() instanceof TagWrite.Written) {
                assertThat(now).isEqualTo(whole);
            }
            assertThat(now.afi()).isEqualTo(before.afi());
            // Whole or not, from now on the item is what can be read there.
            boolean said = FaultScripts.truth(now.dsfid(), now) instanceof TagContent.Decoded;
            identifiers.set(which, said && now.equals(whole) ? item.identifier() : "none");
        }

        /** One call; empty when the pad says that it does not know. */
        private <T> Optional<T> call(String name, List<String> mayChange, Supplier<T> call) {
            List<VirtualTag> before = reader.tags();
            reader.takeChanges();
            long begun = System.nanoTime();
            Optional<T> result;
            try {
                result = Optional.of(call.get());
            } catch (DeviceException _) {
                result = Optional.empty();
            }
            calls.add(name + (result.isPresent() ? "" : " (failed)"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(LONGEST_CALL);
            assertThat(reader.takeChanges()).as("changed by %s", name).allMatch(mayChange::contains);
            List<VirtualTag> now = reader.tags();
            for (int i = 0; i < now.size(); i++) {
                if (!mayChange.contains(now.get(i).uid().toString())) {
                    assertThat(now.get(i)).as("not meant by %s", name).isEqualTo(before.get(i));
                }
            }
            if (result.isEmpty()) {
                pad.check();
            }
            return result;
        }

        /**
         * What the pad says of a tag is what the tag is. A reader that refuses may leave a part unread or a question open, which must
         * not pass for an answer.
         */
        private void isSo(PadTag said, int faultsBefore) {
            boolean undisturbed = reader.faults().size() == faultsBefore;
            VirtualTag tag = reader.tags().stream()
                    .filter(lying -> lying.uid().equals(said.uid()))
                    .findFirst()
                    .orElseThrow();
            TagContent content = FaultScripts.essence(said.content());
            if (undisturbed || !(content instanceof TagContent.Unreadable)) {
                assertThat(content).isEqualTo(FaultScripts.truth(said.dsfid(), tag));
            }
            assertThat(said.dsfid()).isIn(0, tag.dsfid());
            Optional<TagSecurity> security = AfiPair.STANDARD.meaning(tag.afi());
            assertThat(said.security()).isIn(Optional.empty(), security);
            if (undisturbed && tellsAfi && calls.getLast().startsWith("read")) {
                assertThat(said.security()).isEqualTo(security);
                assertThat(said.dsfid()).isEqualTo(tag.dsfid());
            }
        }

        /** When nothing goes wrong any more, everything is found again. */
        private void recovers() {
            eventually("the pad is ready", () -> pad.check() instanceof DeviceStatus.Ready);
            for (int i = 0; i < identifiers.size(); i++) {
                VirtualTag tag = reader.tags().get(i);
                reader.lay(i);
                eventually(
                        "it is seen",
                        () -> call("inventory", List.of(), pad::inventory)
                                .filter(List.of(tag.uid())::equals)
                                .isPresent());
                PadTag read = call("read " + tag.uid(), List.of(), () -> pad.read(tag.uid()))
                        .orElseThrow()
                        .orElseThrow();
                isSo(read, reader.faults().size());
            }
        }

        @Override
        public void close() {
            pad.close();
        }
    }
}

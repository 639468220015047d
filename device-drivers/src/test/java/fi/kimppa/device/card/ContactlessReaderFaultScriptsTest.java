package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.Traces;
import fi.kimppa.device.card.TouchedCard.Known;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.simulator.CardPlace;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cards come and go, and whatever goes wrong between them and the driver: a card that is told lay there, its number is its own, and it
 * is told once. Between a real card and a reader, and between the reader and the service, check sums see to it that nothing arrives
 * changed; here answers are damaged all the same. A changed UID passes for another card where only the UID is read.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ContactlessReaderFaultScriptsTest {
    private static final String KEY = "A0A1A2A3A4A5";
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @BeforeAll
    static void writeKeys() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "FFFFFFFFFFFF\n" + KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void tellsOnlyCardsThatLieThereWhateverGoesWrong() {
        Seeds.each(1, 200, seed -> play(seed % 2 == 0 ? "uid" : "sector1", seed));
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"uid", "sector1"})
    void tellsOnlyCardsThatLieThereInTenThousandScripts(String content) {
        Seeds.each(1_000, 10_000, seed -> play(content, seed));
    }

    private static void play(String content, long seed) {
        try (Play play = new Play(content, seed)) {
            play.run();
        }
    }

    /** One end of a link of APDUs: what was written in one piece is read in one piece, as the service gives it. */
    private record Messages(DeviceAddress address, BlockingQueue<byte[]> in, BlockingQueue<byte[]> out)
            implements ByteLink {
        private static final byte[] END = {};

        @Override
        public int read(byte[] buffer, Duration timeout) {
            try {
                byte[] message = in.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
                if (message == null) {
                    return 0;
                }
                if (message.length == 0) {
                    in.add(END);
                    throw new LinkException(address, Phase.READ, timeout, StatusReason.UNPLUGGED, "the end");
                }
                System.arraycopy(message, 0, buffer, 0, message.length);
                return message.length;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }

        @Override
        public void write(byte[] bytes) {
            out.add(bytes.clone());
        }

        @Override
        public void close() {
            in.add(END);
            out.add(END);
        }
    }

    /** One script. */
    private static final class Play implements AutoCloseable {
        private final String content;
        private final Random random;
        private final FaultScript script;
        private final CardPlace place = new CardPlace();
        private final ContactlessReader reader;
        private final List<TouchedCard> touched = new CopyOnWriteArrayList<>();
        private final Set<Known> cards = new HashSet<>();
        private final List<String> calls = new ArrayList<>();
        private Optional<VirtualCard> last = Optional.empty();
        private volatile Optional<ByteLink> service = Optional.empty();

        Play(String content, long seed) {
            this.content = content;
            this.random = Seeds.random(seed);
            this.script = new FaultScript(
                    seed,
                    List.of(10, 40, 100).get(random.nextInt(3)),
                    Duration.ofMillis(80),
                    () -> service.ifPresent(ByteLink::close));
            Map<String, String> settings = new HashMap<>(Map.of("repeat", "60000", "content", content));
            if (content.equals("sector1")) {
                settings.put("keys", folder.resolve("keys").toString());
            }
            var address = new DeviceAddress("card", new DeviceAddress.Link.Memory("test"), settings);
            this.reader =
                    new ContactlessReader(DeviceId.of(DeviceKind.CARD), address, () -> opened(address), touched::add);
        }

        private ByteLink opened(DeviceAddress address) {
            var commands = new LinkedBlockingQueue<byte[]>();
            var responses = new LinkedBlockingQueue<byte[]>();
            var device = new Messages(address, commands, responses);
            service = Optional.of(device);
            Thread.ofVirtual().start(() -> {
                try {
                    place.serve(device);
                } catch (DeviceException _) {
                    // The reader was pulled, or the driver has hung up.
                }
            });
            return script.on(new Messages(address, responses, commands));
        }

        void run() {
            try {
                for (int i = 4 + random.nextInt(5); i > 0; i--) {
                    act();
                }
                script.end();
                recovers();
                expectOnlyWhatLayThere();
                expectNothingElsewhere();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        content + ", " + script + "\ncalls " + calls + "\ntold " + told() + "\n" + e.getMessage(), e);
            }
        }

        /** Short UIDs are not looked for: by chance some of many stand-ins is like one. */
        private void expectNothingElsewhere() {
            String hex = Traces.hex(reader) + reader.lastFailure() + touched;
            assertThat(hex).doesNotContain(KEY);
            for (Known card : cards) {
                assertThat(card.uid().length() > 8 && hex.contains(card.uid())).isFalse();
                assertThat(card.number().filter(Traces.letters(reader)::contains))
                        .isEmpty();
            }
        }

        private List<String> told() {
            return touched.stream()
                    .map(card -> card instanceof Known(String uid, Optional<String> number)
                            ? uid + " " + number
                            : card.toString())
                    .toList();
        }

        private void act() {
            switch (random.nextInt(8)) {
                case 0 -> {
                    calls.add("lift");
                    place.lift();
                }
                case 1 -> {
                    calls.add("check");
                    long begun = System.nanoTime();
                    reader.check();
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_CALL);
                }
                case 2 -> {
                    calls.add("again");
                    last.ifPresent(place::lay);
                }
                case 3 -> lay(1 + random.nextInt(9));
                default -> lay(Integer.MAX_VALUE);
            }
            if (random.nextBoolean()) {
                waits(random.nextInt(500));
            }
        }

        /** A card that nobody has seen before, and which goes by itself after so many answers. */
        private Known lay(int answers) {
            String uid = random.nextBoolean()
                    ? "04%06X".formatted(random.nextInt(1 << 24))
                    : "04%012X".formatted(random.nextLong(1L << 48));
            Optional<String> number = Optional.empty();
            VirtualCard card = VirtualCard.withUid(uid);
            if (content.equals("sector1")) {
                String digits = "2285%010d".formatted(random.nextLong(10_000_000_000L));
                number = Optional.of(digits);
                byte[] tag = TagCodec.encode(new ItemTag(
                        digits,
                        Optional.of("FI-Turku"),
                        1,
                        1,
                        Optional.of(new TypeOfUsage(0x80)),
                        TagModel.ISO_28560_3));
                card = VirtualCard.classic(uid, Arrays.copyOf(tag, SectorCard.BYTES), KEY, "B0B1B2B3B4B5");
            }
            calls.add("lay " + uid + " for " + answers);
            var known = new Known(uid, number);
            cards.add(known);
            last = Optional.of(card);
            place.lay(card, answers);
            return known;
        }

        private void waits(int millis) {
            int before = touched.size();
            long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            while (touched.size() == before && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private void expectOnlyWhatLayThere() {
            boolean changed = script.faults().stream().anyMatch(fault -> fault.endsWith("DAMAGED"));
            if (content.equals("sector1") || !changed) {
                List<TouchedCard> known =
                        touched.stream().filter(Known.class::isInstance).toList();
                assertThat(known).isSubsetOf(cards).doesNotHaveDuplicates();
            }
        }

        private void recovers() {
            eventually("the reader is ready", () -> reader.check() instanceof DeviceStatus.Ready);
            eventually("a card is told", () -> {
                Known card = lay(Integer.MAX_VALUE);
                waits(700);
                return touched.contains(card);
            });
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}

package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.Traces;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.MemoryLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong on the line, a code that a scanner delivers is one that was scanned, whole, and once; and when all is well
 * again, the next one arrives. Of the keys of a keypad nothing shows anywhere.
 *
 * <p>What a scanner sends has no check sum of its own, so a byte that changes on the way is told by the rules of the site alone: by the
 * length, the characters and the check digit of its numbers. Numbers without any of these pass changed. Two faults that make up for each
 * other within one code, such as a lost and a doubled piece of the same length, deceive these rules too, and half of the very first
 * code passes for a whole one while nobody has said that codes have a suffix. Changed and lost keys of a keypad show as a wrong PIN.
 */
class CardReaderFaultScriptsTest {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final NumberPattern CHECKED_NUMBER = NumberPattern.of("[0-9]{14}", CheckDigit.LUHN);

    /** How a site has set its scanner up. */
    enum Site {
        /** Codes stand between STX and CR. */
        FRAMED,
        /** Nobody has set anything. */
        USUAL,
        /** 14 digits with a check digit, which arrive in pieces. */
        CHECKED,
        /** The same without any suffix. */
        SILENT;

        Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>(Map.of("gap", "20", "repeat", "60000"));
            if (checks()) {
                settings.putAll(Map.of("min", "14", "max", "14", "alphabet", "digits"));
            }
            if (this == FRAMED) {
                settings.putAll(Map.of("prefix", "02", "suffix", "0D"));
            }
            if (this == SILENT) {
                settings.put("suffix", "silence");
            }
            return settings;
        }

        boolean checks() {
            return this == CHECKED || this == SILENT;
        }

        String sent(String code) {
            return switch (this) {
                case FRAMED -> "\u0002" + code + "\r";
                case USUAL -> code + "\r\n";
                case CHECKED -> code + "\r";
                case SILENT -> code;
            };
        }
    }

    @Test
    void deliversWhatWasScannedWhateverGoesWrong() {
        List<Site> sites = List.of(Site.values());
        Seeds.each(1, 200, seed -> play(sites.get((int) seed % sites.size()), seed));
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void deliversWhatWasScannedInTenThousandScripts(Site site) {
        Seeds.each(1_000, 10_000, seed -> play(site, seed));
    }

    private static void play(Site site, long seed) {
        try (Play play = new Play(site, seed)) {
            play.run();
        }
    }

    /** One device at the end of a link on which things go wrong. */
    private static final class Line {
        private final DeviceAddress address;
        private final FaultScript script;
        private final int chunk;
        private volatile Optional<ByteLink> device = Optional.empty();

        Line(String driver, Map<String, String> settings, long seed, int perMille, int chunk) {
            this.address = new DeviceAddress(driver, new DeviceAddress.Link.Memory("test"), settings);
            this.chunk = chunk;
            this.script =
                    new FaultScript(seed, perMille, Duration.ofMillis(80), () -> device.ifPresent(ByteLink::close));
        }

        ByteLink opened() {
            MemoryLink.Pair pair = MemoryLink.pair(address);
            device = Optional.of(pair.device());
            return script.on(FaultPlan.NONE.withChunk(chunk).on(pair.host()));
        }

        /** Sends to whoever listens. */
        void send(String text) {
            try {
                device.ifPresent(link -> link.write(text.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (DeviceException _) {
                // Nobody listens just now.
            }
        }
    }

    /** One script. */
    private static final class Play implements AutoCloseable {
        private final Site site;
        private final Random random;
        private final Line line;
        private final CardReader reader;
        private final List<Scan> delivered = new CopyOnWriteArrayList<>();
        private final Set<String> made = new HashSet<>();
        private final List<String> calls = new ArrayList<>();
        private String last;

        Play(Site site, long seed) {
            this.site = site;
            this.random = Seeds.random(seed);
            this.last = code();
            made.add(last);
            this.line = new Line(
                    "scanner",
                    site.settings(),
                    seed,
                    List.of(20, 60, 150).get(random.nextInt(3)),
                    site == Site.CHECKED ? 1 + random.nextInt(16) : 256);
            this.reader = new CardReader(DeviceId.of(DeviceKind.SCANNER), line.address, line::opened, delivered::add);
        }

        private String code() {
            String number = "2285" + (100_000_000 + random.nextInt(900_000_000));
            return site.checks() ? number + CheckDigit.LUHN.of(number) : "LV" + number;
        }

        void run() {
            try {
                for (int i = 8 + random.nextInt(8); i > 0; i--) {
                    act();
                    expectOnlyWhatWasScanned();
                }
                line.script.end();
                recovers();
                expectOnlyWhatWasScanned();
                expectNoNumberElsewhere();
            } catch (AssertionError | RuntimeException e) {
                String numbers = delivered.stream().map(Scan::text).toList().toString();
                throw new AssertionError(
                        site + ", " + line.script + "\ncalls " + calls + "\ndelivered " + numbers + "\n"
                                + e.getMessage(),
                        e);
            }
        }

        private void act() {
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    calls.add("again");
                    line.send(site.sent(last));
                }
                case 2 -> {
                    if (site == Site.FRAMED || site == Site.CHECKED) {
                        // Faster than any hand, and than any scanner that sends no prefix and no check digit.
                        scan();
                    }
                    scan();
                }
                case 3 -> call("check", reader::check);
                default -> scan();
            }
            if (site == Site.USUAL || site == Site.SILENT) {
                // No hand is faster; and a code that lost its end is dropped after a silence alone.
                pause();
                waits(150);
            } else if (random.nextBoolean()) {
                waits(150);
            }
        }

        private void scan() {
            last = code();
            made.add(last);
            calls.add("scan " + last);
            line.send(site.sent(last));
        }

        /** Some times the silence that ends a code. */
        private static void pause() {
            for (int i = 0; i < 60; i++) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        /** Until what was scanned last is there, or not much longer. */
        private boolean waits(int millis) {
            // Counted and not timed: when the machine stands still, the driver stands still as well.
            for (int i = 0; i < millis && !texts().contains(last); i++) {
                LockSupport.parkNanos(1_000_000);
            }
            return texts().contains(last);
        }

        private List<String> texts() {
            return delivered.stream()
                    .map(Scan::text)
                    .filter(text -> !site.checks() || CHECKED_NUMBER.accepts(text))
                    .toList();
        }

        private void expectOnlyWhatWasScanned() {
            if (!untold()) {
                List<String> texts = texts();
                // Halves before the first whole code: nobody knows yet that codes have a suffix.
                while (site == Site.USUAL && halved() && !texts.isEmpty() && !made.contains(texts.getFirst())) {
                    texts = texts.subList(1, texts.size());
                }
                assertThat(texts).isSubsetOf(made).doesNotHaveDuplicates();
            }
        }

        private boolean untold() {
            List<String> spoilt = line.script.faults().stream()
                    .filter(fault -> !fault.endsWith("NONE") && !fault.endsWith("LATE"))
                    .toList();
            boolean changed = spoilt.stream().anyMatch(fault -> fault.endsWith("DAMAGED"));
            return site.checks() ? spoilt.size() > 1 : changed;
        }

        private boolean halved() {
            return line.script.faults().stream().anyMatch(fault -> fault.endsWith("HALF"));
        }

        private void recovers() {
            eventually("the scanner is ready", () -> call("check", reader::check) instanceof DeviceStatus.Ready);
            eventually("a code arrives", () -> {
                scan();
                return waits(300);
            });
        }

        private void expectNoNumberElsewhere() {
            String shown = Traces.letters(reader) + reader.lastFailure() + delivered;
            assertThat(made).noneMatch(shown::contains);
        }

        private <T> T call(String name, Supplier<T> call) {
            long begun = System.nanoTime();
            T result = call.get();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(LONGEST_CALL);
            return result;
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Test
    void showsNothingOfAPinWhateverGoesWrong() {
        Seeds.each(1, 100, CardReaderFaultScriptsTest::typeAPin);
    }

    @Tag("long")
    @Test
    void showsNothingOfAPinInTenThousandScripts() {
        Seeds.each(1_000, 10_000, CardReaderFaultScriptsTest::typeAPin);
    }

    private static void typeAPin(long seed) {
        var random = Seeds.random(seed);
        var line = new Line("keypad", Map.of(), seed, 100, 1 + random.nextInt(8));
        List<KeypadKey> keys = new CopyOnWriteArrayList<>();
        List<String> shown = new CopyOnWriteArrayList<>();
        String pin = Integer.toString(1_000 + random.nextInt(9_000));
        try (var keypad = new Keypad(line.address, line::opened, keys::add)) {
            for (int i = 0; i < 5; i++) {
                line.send(pin + "#");
                keypad.check();
                shown.add(keypad.lastFailure().toString());
            }
            line.script.end();
            eventually("the keypad is ready, seed " + seed, () -> keypad.check() instanceof DeviceStatus.Ready);
            keys.clear();
            eventually("a whole PIN arrives, seed " + seed, () -> {
                // The last link may have been lost while its bytes were still being read.
                line.send("*" + pin + "#");
                for (int i = 0; i < 300 && !digits(keys).contains(pin); i++) {
                    LockSupport.parkNanos(1_000_000);
                }
                return digits(keys).contains(pin);
            });
            shown.add(Traces.letters(keypad));
            shown.add(keys.toString());
            assertThat(shown).as("%s", line.script).noneMatch(text -> text.contains(pin));
        }
    }

    private static String digits(List<KeypadKey> keys) {
        var text = new StringBuilder();
        for (KeypadKey key : keys) {
            text.append(key instanceof KeypadKey.Digit(int value) ? Integer.toString(value) : "");
        }
        return text.toString();
    }
}

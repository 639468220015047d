package fi.kimppa.device.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final DeviceAddress MEMORY =
            new DeviceAddress("test", new DeviceAddress.Link.Memory("pair"), Map.of());
    private static final Duration LATE = Duration.ofMillis(3);
    private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, 7, 8};

    private final AtomicInteger powerCuts = new AtomicInteger();

    @Test
    void drawsTheSameFaultsFromTheSameSeed() {
        FaultScript first = played(7);
        assertThat(first.faults()).isNotEmpty().isEqualTo(played(7).faults());
        assertThat(played(8).faults()).isNotEqualTo(first.faults());
        assertThat(first.toString()).contains("seed 7");
    }

    @Test
    void letsEveryKindOfFaultHappen() {
        Set<String> kinds = new TreeSet<>();
        for (long seed = 0; seed < 8; seed++) {
            played(seed).faults().stream()
                    .map(fault -> fault.replaceFirst("link \\d+ ", ""))
                    .forEach(kinds::add);
        }
        assertThat(kinds)
                .contains("reads: LATE", "reads: LOST", "reads: DAMAGED", "reads: TWICE", "reads: HALF", "reads: RESET")
                .contains("writes: LATE", "writes: LOST", "writes: DAMAGED", "writes: TWICE", "writes: HALF")
                .contains("writes: RESET", "writes: POWER_CUT", "reads: POWER_CUT");
        assertThat(powerCuts).hasPositiveValue();
    }

    /** What arrives is what was sent, changed as the list of faults says and in no other way. */
    @Test
    void doesToEachPieceWhatItSays() {
        for (long seed = 0; seed < 60; seed++) {
            FaultScript script = script(seed, 1_000);
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            ByteLink link = script.on(pair.host());
            pair.device().write(FRAME);
            byte[] arrived;
            try {
                arrived = everything(link);
            } catch (LinkException _) {
                assertThat(script.faults()).containsExactly("link 0 reads: RESET");
                continue;
            }
            String what = script.faults().isEmpty()
                    ? "NONE"
                    : script.faults().getFirst().replaceFirst(".*: ", "");
            switch (what) {
                case "LOST" -> assertThat(arrived).isEmpty();
                case "TWICE" -> {
                    assertThat(arrived).hasSize(16).startsWith(FRAME);
                    assertThat(Arrays.copyOfRange(arrived, 8, 16)).isEqualTo(FRAME);
                }
                case "HALF" -> assertThat(List.of(4, 8)).contains(arrived.length);
                case "DAMAGED" -> assertThat(Arrays.mismatch(arrived, FRAME)).isBetween(0, 7);
                default -> assertThat(arrived).isEqualTo(what.equals("POWER_CUT") ? new byte[0] : FRAME);
            }
        }
    }

    /** As at a serial port. */
    @Test
    void deliversWhatIsLateOnTheNextLink() {
        int carried = 0;
        for (long seed = 0; seed < 40; seed++) {
            FaultScript script = script(seed, 1_000);
            MemoryLink.Pair first = MemoryLink.pair(MEMORY);
            ByteLink link = script.on(first.host());
            first.device().write(FRAME);
            try {
                assertThat(link.read(new byte[20], Duration.ZERO)).isNotNegative();
            } catch (LinkException _) {
                continue;
            }
            link.close();
            script.end();
            byte[] later = everything(script.on(MemoryLink.pair(MEMORY).host()));
            if (script.faults().equals(List.of("link 0 reads: LATE"))) {
                assertThat(later).isEqualTo(FRAME);
                carried++;
            }
        }
        assertThat(carried).isPositive();
    }

    @Test
    void doesNothingAnyMoreOnceItHasEnded() {
        FaultScript script = script(1, 1_000);
        script.end();
        MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
        ByteLink link = script.on(pair.host());
        for (int i = 0; i < 5; i++) {
            link.write(FRAME);
            assertThat(everything(pair.device())).isEqualTo(FRAME);
            pair.device().write(FRAME);
            assertThat(everything(link)).isEqualTo(FRAME);
        }
        assertThat(script.faults()).isEmpty();
    }

    @Test
    void endsAConnectionWithCheckSumsWhereItWouldDamage() {
        List<String> plain = played(script(7, 500)).faults();
        assertThat(plain).anyMatch(fault -> fault.endsWith("DAMAGED"));
        for (long seed = 0; seed < 8; seed++) {
            assertThat(played(script(seed, 500).checked()).faults()).noneMatch(fault -> fault.endsWith("DAMAGED"));
        }
    }

    @Test
    void refusesOddsThatAreNone() {
        assertThatThrownBy(() -> script(1, 1_001)).hasMessageContaining("0 to 1000 per mille");
        assertThatThrownBy(() -> new FaultScript(1, 10, Duration.ZERO, () -> {}))
                .hasMessageContaining("at least 1 ms");
    }

    private FaultScript script(long seed, int perMille) {
        return new FaultScript(seed, perMille, LATE, powerCuts::incrementAndGet);
    }

    /** Some links, on each a few questions and answers. */
    private FaultScript played(long seed) {
        return played(script(seed, 500));
    }

    private static FaultScript played(FaultScript script) {
        for (int number = 0; number < 3; number++) {
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            ByteLink link = script.on(pair.host());
            try {
                for (int i = 0; i < 10; i++) {
                    link.write(FRAME);
                    pair.device().write(FRAME);
                    everything(link);
                }
            } catch (LinkException _) {
                // This link was reset; the next one is opened.
            }
        }
        return script;
    }

    private static byte[] everything(ByteLink link) {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[20];
        for (int count = 1; count > 0; ) {
            count = link.read(buffer, Duration.ofMillis(6));
            all.write(buffer, 0, count);
        }
        return all.toByteArray();
    }
}

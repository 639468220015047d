package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.circulation.TerminalClockSeen.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TerminalClocksTest {
    private static final String NOW = "20261124    193000";

    private final MovableClock clock = new MovableClock();
    private final List<Object> published = new ArrayList<>();
    private final TerminalClocks clocks = new TerminalClocks(published::add, clock);

    @Test
    void tellsThatAClockStandsStillUntilItMoves() {
        returns("3000000011", NOW, false);
        clock.pass(Duration.ofSeconds(61));
        returns("3000000028", NOW, false);
        returns("3000000035", "20261124    193101", false);
        assertThat(published)
                .containsExactly(
                        seen(MovableClock.EVENING, MovableClock.EVENING, Optional.empty()),
                        seen(clock.instant(), MovableClock.EVENING, Optional.of(Fault.STANDS_STILL)),
                        seen(clock.instant(), clock.instant(), Optional.empty()));
    }

    @Test
    void writesAWrongClockIntoTheLogOnceADay(CapturedOutput output) {
        returns("3000000011", NOW, false);
        clock.pass(Duration.ofSeconds(61));
        returns("3000000028", NOW, false);
        returns("3000000035", NOW, false);
        assertThat(output.getOut().lines().filter(line -> line.contains("cannot be trusted: STANDS_STILL")))
                .hasSize(1);
        clock.pass(Duration.ofDays(1));
        returns("3000000042", NOW, false);
        assertThat(output.getOut().lines().filter(line -> line.contains("cannot be trusted: STANDS_STILL")))
                .hasSize(2);
    }

    @Test
    void takesNeitherARepeatNorAPileForAClockThatStandsStill() {
        returns("3000000011", NOW, false);
        returns("3000000028", NOW, false);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000042", "20261124    193500", false);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000042", "20261124    193500", false);

        assertThat(faults()).isEmpty();
    }

    @Test
    void tellsThatAClockIsTenMinutesOff() {
        returns("3000000011", "20261124    192030", false);
        assertThat(faults()).isEmpty();
        returns("3000000011", "20261124    173000", false);

        assertThat(faults()).containsExactly(Fault.FAR_OFF);
    }

    @Test
    void saysNothingOfWhatWaitedOffLine() {
        returns("3000000011", "20261123    120000", true);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000028", "20261123    120000", true);

        assertThat(published).isEmpty();
    }

    private List<Fault> faults() {
        return published.stream()
                .flatMap(event -> ((TerminalClockSeen) event).fault().stream())
                .toList();
    }

    private static TerminalClockSeen seen(Instant at, Instant says, Optional<Fault> fault) {
        return new TerminalClockSeen(at, BackHalf.TURKU, Optional.of(says), fault);
    }

    private void returns(String item, String date, boolean noBlock) {
        String line = "09" + (noBlock ? "Y" : "N") + date + date + "AP|AO|AB" + item + "|AC|";
        clocks.see(Change.of(Asking.request(line)).orElseThrow(), BackHalf.TURKU);
    }
}

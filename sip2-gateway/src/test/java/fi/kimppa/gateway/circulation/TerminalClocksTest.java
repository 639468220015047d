package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.circulation.TerminalClockWrong.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalClocksTest {
    private static final String NOW = "20261124    193000";

    private final MovableClock clock = new MovableClock();
    private final List<Object> published = new ArrayList<>();
    private final TerminalClocks clocks = new TerminalClocks(published::add, clock);

    @Test
    void reportsOnceADayAClockThatStandsStill() {
        returns("3000000011", NOW, false);
        clock.pass(Duration.ofSeconds(61));
        returns("3000000028", NOW, false);
        returns("3000000035", NOW, false);
        assertThat(published)
                .containsExactly(new TerminalClockWrong(clock.instant(), BackHalf.TURKU, Fault.STANDS_STILL));

        clock.pass(Duration.ofDays(1));
        returns("3000000042", NOW, false);
        assertThat(published)
                .extracting(event -> ((TerminalClockWrong) event).fault())
                .containsExactly(Fault.STANDS_STILL, Fault.STANDS_STILL, Fault.FAR_OFF);
    }

    @Test
    void takesNeitherARepeatNorAPileForAClockThatStandsStill() {
        returns("3000000011", NOW, false);
        returns("3000000028", NOW, false);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000042", "20261124    193500", false);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000042", "20261124    193500", false);

        assertThat(published).isEmpty();
    }

    @Test
    void reportsAClockThatIsTenMinutesOff() {
        returns("3000000011", "20261124    192030", false);
        assertThat(published).isEmpty();
        returns("3000000011", "20261124    173000", false);
        returns("3000000028", "20261124    173001", false);

        assertThat(published).containsExactly(new TerminalClockWrong(clock.instant(), BackHalf.TURKU, Fault.FAR_OFF));
    }

    @Test
    void saysNothingOfWhatWaitedOffLine() {
        returns("3000000011", "20261123    120000", true);
        clock.pass(Duration.ofMinutes(5));
        returns("3000000028", "20261123    120000", true);

        assertThat(published).isEmpty();
    }

    private void returns(String item, String date, boolean noBlock) {
        String line = "09" + (noBlock ? "Y" : "N") + date + date + "AP|AO|AB" + item + "|AC|";
        clocks.see(Change.of(Asking.request(line)).orElseThrow(), BackHalf.TURKU);
    }
}

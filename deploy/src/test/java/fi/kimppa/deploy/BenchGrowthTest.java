package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bench of growth reads: its command line, and the server's log. */
class BenchGrowthTest {
    @TempDir
    Path directory;

    @Test
    void addsUpThePhasesOfAStatementOfOneDatabaseFromAByteOn() throws IOException {
        String before = "[7 large] LOG:  duration: 99.000 ms  execute <unnamed>: select 1\n";
        Path log = Files.writeString(directory.resolve("log"), before + """
                [7 large] LOG:  duration: 0.100 ms  parse <unnamed>: select card
                \t  from patrons where card = $1
                [8 kimppa] LOG:  duration: 5.000 ms  execute <unnamed>: select 1
                [9 large] LOG:  duration: 0.500 ms  bind S_1: COMMIT
                [7 large] LOG:  duration: 0.200 ms  bind <unnamed>: select card
                \t  from patrons where card = $1
                [7 large] LOG:  duration: 0.400 ms  execute <unnamed>: select card
                \t  from patrons where card = $1
                [9 large] LOG:  duration: 1.000 ms  execute S_1: COMMIT
                [9 large] LOG:  duration: 2.000 ms  execute fetch from S_1/C_2: COMMIT
                [9 large] LOG:  duration: 3.000 ms  statement: select 2
                """);
        BenchStatements statements = new BenchStatements("large");
        statements.add(log, before.length());

        assertThat(statements.millis())
                .hasSize(2)
                .containsEntry("COMMIT", List.of(1.5, 2.0))
                .hasEntrySatisfying(
                        "select card\n  from patrons where card = $1",
                        times -> assertThat(times)
                                .singleElement()
                                .satisfies(time -> assertThat(time).isBetween(0.6999, 0.7001)));
    }

    @Test
    void readsItsCommandLine() {
        BenchGrowthOptions options = BenchGrowthOptions.of(
                new String[] {"growth", "--items=50000", "--rows=200000", "--rounds=2", "--keep"});

        assertThat(options).isEqualTo(new BenchGrowthOptions(2, 8, new BenchSize(50_000, 200_000), true));
        assertThat(BenchGrowthOptions.of(new String[] {"growth"}).large())
                .isEqualTo(new BenchSize(2_000_000, 10_000_000));
    }

    @Test
    void saysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> BenchGrowthOptions.of(new String[] {"growth", "--items=10"}))
                .isInstanceOf(StartException.class)
                .hasMessage("--items=10: it can be from 20,000 to 20,000,000.");
        assertThatThrownBy(() -> BenchGrowthOptions.of(new String[] {"growth", "--items=many"}))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("\"--items=many\" is not understood; see deploy/bench --help.");
    }
}

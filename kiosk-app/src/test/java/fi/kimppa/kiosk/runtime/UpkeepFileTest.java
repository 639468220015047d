package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.Eventually;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.session.Upkeep.BinFill;
import fi.kimppa.kiosk.session.Upkeep.Closure;
import fi.kimppa.kiosk.session.Upkeep.Count;
import fi.kimppa.kiosk.session.Upkeep.Day;
import fi.kimppa.kiosk.session.Upkeep.HoldFound;
import fi.kimppa.kiosk.session.WaitingSlip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepFileTest {
    private static final Upkeep WHOLE = new Upkeep(
            Optional.of(Closure.REPAIR),
            Map.of("1", new BinFill(64, true)),
            new Day(
                    LocalDate.of(2026, 11, 24),
                    Map.of(Count.LOANS, 3),
                    List.of("5 3000000042"),
                    List.of(new HoldFound("5", "3000000042", false))),
            List.of(new WaitingSlip(
                    Instant.parse("2026-11-24T17:20:00Z"),
                    WaitingSlip.Kind.HOLD_HERE,
                    "5",
                    "Turun pääkirjasto",
                    "Nimeke",
                    "3000000042")),
            7,
            2,
            Optional.of(Instant.parse("2026-11-24T17:30:00Z")));

    @TempDir
    private Path folder;

    @Test
    void isFoundAsAnOlderProgramLeftIt() throws IOException {
        Path file = folder.resolve("upkeep.json");
        Files.writeString(file, """
                {"closed": "PAUSED", "bins": {"1": {"things": 3, "full": true}},
                 "day": {"date": "2026-11-24", "counts": {"HOLDS": 1}, "slips": ["5 3000000042"]},
                 "papers": 7, "wrongPins": 0, "pinsFrom": null}
                """);
        try (UpkeepFile opened = UpkeepFile.open(file)) {
            assertThat(opened.upkeep().closed()).contains(Closure.PAUSED);
            assertThat(opened.upkeep().full("1")).isTrue();
            assertThat(opened.upkeep().day().slips()).containsExactly("5 3000000042");
            assertThat(opened.upkeep().day().holds()).isEmpty();
        }
    }

    @Test
    void isFoundAgainAfterARestart() {
        Path file = folder.resolve("upkeep.json");
        try (UpkeepFile opened = UpkeepFile.open(file)) {
            assertThat(opened.upkeep()).isEqualTo(Upkeep.NONE);
            opened.keep(WHOLE);
            Eventually.eventually("the file", () -> Files.exists(file), opened::upkeep);
        }
        try (UpkeepFile opened = UpkeepFile.open(file)) {
            assertThat(opened.upkeep()).isEqualTo(WHOLE);
            opened.keep(Upkeep.NONE);
        }
        try (UpkeepFile opened = UpkeepFile.open(file)) {
            assertThat(opened.upkeep()).isEqualTo(Upkeep.NONE);
        }
    }

    @Test
    void setsADamagedFileAside() throws IOException {
        Path file = folder.resolve("upkeep.json");
        Files.writeString(file, "{\"closed\":");
        try (UpkeepFile opened = UpkeepFile.open(file)) {
            assertThat(opened.upkeep()).isEqualTo(Upkeep.NONE);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).anyMatch(kept -> kept.toString().contains("damaged"));
        }
    }
}

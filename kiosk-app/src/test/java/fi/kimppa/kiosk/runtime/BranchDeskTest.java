package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.BranchNow;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BranchDeskTest {
    private static BranchNow read(String text) {
        return JsonMapper.builder()
                .build()
                .readValue(text, BranchDesk.Answer.class)
                .now();
    }

    @Test
    void readsWhatTheContractSays() throws IOException {
        assertThat(read(Files.readString(Path.of("..", "deploy", "contract", "branch-now.json"))))
                .isEqualTo(new BranchNow(
                        "LIETO",
                        false,
                        Optional.of(new BranchNow.Opening(
                                BranchNow.Mode.SELF_SERVICE, Optional.of(Instant.parse("2026-11-24T20:00:00Z")))),
                        Optional.of(new BranchNow.Notice(
                                new InLanguages(
                                        "Kirjasto on huomenna suljettu.",
                                        "Biblioteket är stängt i morgon.",
                                        "Kirjasto on huomenna suljettu."),
                                Instant.parse("2026-11-24T22:00:00Z"))),
                        Optional.of(new EResource(
                                new InLanguages("Tilat", "Rum", "Rooms"), "https://tilat.example.fi/lieto"))));
    }

    @Test
    void takesNoPageThatATelephoneWouldNotOpen() {
        assertThat(read("""
                        {"branch": "LIETO", "testing": false, "rooms":
                          {"name": {"fi": "Tilat", "sv": "Rum", "en": "Rooms"}, "address": "tilat.example.fi"}}""").rooms()).isEmpty();
    }

    @Test
    void knowsNothingOfHoursThatNobodyHasSaid() {
        assertThat(read("{\"branch\": \"LIETO\", \"name\": \"Lieto\", \"testing\": true}"))
                .isEqualTo(new BranchNow("LIETO", true, Optional.empty()));
    }
}

package fi.kimppa.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.OpeningPeriod;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.ServiceMode;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a terminal is told of its branch, with the body of the contract. */
class BranchTest extends GatewayTest {
    private static final Branch LIETO = new Branch(
            "LIETO",
            "Lieto",
            "LIETO",
            "FI-Lieto",
            List.of(
                    new OpeningPeriod(
                            DayOfWeek.TUESDAY, LocalTime.of(7, 0), Duration.ofHours(14), ServiceMode.SELF_SERVICE),
                    new OpeningPeriod(
                            DayOfWeek.TUESDAY, LocalTime.of(10, 0), Duration.ofHours(8), ServiceMode.STAFFED)),
            List.of(),
            0,
            "");

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper json;

    @Autowired
    Settings settings;

    @AfterEach
    void nothingToSay() {
        for (SettingKey<String> key :
                List.of(BranchKeys.NOTICE_FI, BranchKeys.NOTICE_SV, BranchKeys.NOTICE_EN, BranchKeys.ROOMS)) {
            settings.change(Scope.CONSORTIUM, key.name(), Optional.empty(), "anna");
            settings.change(Scope.branch("LIETO"), key.name(), Optional.empty(), "anna");
        }
    }

    private void says(Scope place, SettingKey<String> key, String text) {
        assertThat(settings.change(place, key.name(), Optional.of(text), "anna"))
                .isEmpty();
    }

    @Test
    void answersInTheWordsOfTheContract() throws Exception {
        says(Scope.CONSORTIUM, BranchKeys.NOTICE_FI, "Kirjasto on huomenna suljettu.");
        says(Scope.branch("LIETO"), BranchKeys.NOTICE_SV, "Biblioteket är stängt i morgon.");
        says(Scope.branch("LIETO"), BranchKeys.ROOMS, "https://tilat.example.fi/lieto");
        JsonNode contract = json.readTree(Files.readString(Path.of("..", "deploy", "contract", "branch-now.json")));
        assertThat(told()).isEqualTo(contract);
    }

    @Test
    void saysNothingOfNoticesAndRoomsThatThereAreNone() throws Exception {
        assertThat(told().propertyNames()).doesNotContain("notice", "rooms");
    }

    @Test
    void takesNoNoticeThatNoMachineHasRoomForAndNoPageThatNoTelephoneOpens() {
        assertThat(BranchKeys.NOTICE_FI.read("x".repeat(41))).isEmpty();
        assertThat(BranchKeys.NOTICE_FI.read("Huomenna\nsuljettu")).isEmpty();
        assertThat(BranchKeys.ROOMS.read("tilat.example.fi")).isEmpty();
        assertThat(BranchKeys.ROOMS.read("javascript:alert(1)")).isEmpty();
    }

    private JsonNode told() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/branch"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString("door-lieto:demo-door-lieto"
                                                                .getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T06:00, '', 2026-11-24T07:00",
        "2026-11-24T08:00, SELF_SERVICE, 2026-11-24T10:00",
        "2026-11-24T10:00, STAFFED, 2026-11-24T18:00",
        "2026-11-24T19:30, SELF_SERVICE, 2026-11-24T21:00",
        "2026-11-24T21:00, '', 2026-12-01T07:00"
    })
    void knowsWhenItIsOpenInAnotherWay(LocalDateTime now, String mode, LocalDateTime change) {
        assertThat(LIETO.modeAt(now).map(ServiceMode::name).orElse("")).isEqualTo(mode);
        assertThat(LIETO.changeAfter(now)).isEqualTo(Optional.of(change));
    }
}

package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DeviceReportTest {
    private final JsonMapper json = JsonMapper.builder().build();

    private static String contract(String name) throws IOException {
        return Files.readString(Path.of("..", "deploy", "contract", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"device-report.json", "staff-pad-report.json", "configuration-report.json"})
    void isWrittenAsTheContractHasIt(String name) throws IOException {
        DeviceReport report = json.readValue(contract(name), DeviceReport.class);
        assertThat(json.readTree(json.writeValueAsString(report))).isEqualTo(json.readTree(contract(name)));
    }

    @Test
    void anotherVersionOfTheSettingsIsReadAsTheContractHasIt() throws IOException {
        ReportAnswer answer = json.readValue(contract("configuration-answer.json"), ReportAnswer.class);
        assertThat(answer.tagOrder()).isNull();
        assertThat(answer.configuration()).isEqualTo(SteeringFile.version("{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thatItIsToStartAnewIsReadAsTheContractHasIt() throws IOException {
        ReportAnswer answer = json.readValue(contract("restart-answer.json"), ReportAnswer.class);
        assertThat(answer.restart()).isTrue();
        assertThat(json.readValue(contract("configuration-answer.json"), ReportAnswer.class)
                        .restart())
                .isNull();
    }

    @Test
    void anOrderIsReadAsTheContractHasItAndComesOnce() throws IOException {
        List<TagOrder> got = new CopyOnWriteArrayList<>();
        TagOrders orders = new TagOrders(got::add);
        ReportAnswer answer = json.readValue(contract("tag-order.json"), ReportAnswer.class);
        long asked = System.nanoTime();
        for (int times = 0; times < 3; times++) {
            orders.arrived(Objects.requireNonNull(answer.tagOrder()), asked);
        }
        assertThat(got)
                .containsExactly(new TagOrder(
                        UUID.fromString("2f1d3c5e-7a41-4d0b-9b4e-5d2f8f6a1c07"),
                        "3000000011",
                        Optional.of("FI-Turku"),
                        1,
                        3,
                        "ISO_28560_2",
                        asked + 58_000_000_000L));
    }
}

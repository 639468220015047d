package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DeviceReportTest {
    @Test
    void isWrittenAsTheContractHasIt() throws Exception {
        JsonMapper json = JsonMapper.builder().build();
        String contract = Files.readString(Path.of("..", "deploy", "contract", "device-report.json"));
        DeviceReport report = json.readValue(contract, DeviceReport.class);
        assertThat(json.readTree(json.writeValueAsString(report))).isEqualTo(json.readTree(contract));
    }
}

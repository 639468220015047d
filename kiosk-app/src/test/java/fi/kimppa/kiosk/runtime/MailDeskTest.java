package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MailDeskTest {
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aReceiptIsWrittenAsTheContractHasIt() throws IOException {
        String contract = Files.readString(Path.of("..", "deploy", "contract", "receipt-request.json"));
        MailDesk.Receipt receipt = json.readValue(contract, MailDesk.Receipt.class);
        assertThat(json.readTree(MailDesk.body(receipt))).isEqualTo(json.readTree(contract));
        assertThat(receipt.toString()).doesNotContain(receipt.card(), "Sopimuksen");
    }
}

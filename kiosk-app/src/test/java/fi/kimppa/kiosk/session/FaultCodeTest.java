package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultCodeTest {
    private static final Path PAGE = Path.of("../docs/reference/kiosk-codes.md");

    private final Play play = new Play();

    @Test
    void everyCodeIsExplained() throws IOException {
        String page = Files.readString(PAGE);
        List<String> codes = Arrays.stream(StatusReason.values())
                .map(reason -> FaultCode.of(DeviceKind.PAD, reason))
                .toList();
        assertThat(codes).doesNotHaveDuplicates();
        for (String code : codes) {
            assertThat(page).contains("| " + code.substring("K-1".length()) + " |");
        }
        for (String code : List.of(
                FaultCode.NO_LINE,
                FaultCode.LOGIN_REFUSED,
                FaultCode.OTHER_WORLD,
                FaultCode.STARTING,
                FaultCode.CLOSED,
                FaultCode.CLOCK_WRONG)) {
            assertThat(page).contains("| " + code + " |");
        }
    }

    @Test
    void showsWhatMattersMost() {
        assertThat(FaultCode.of(play.state)).isEmpty();
        play.on(new KioskEvent.DeviceChanged(
                DeviceKind.PRINTER, new DeviceStatus.Degraded(StatusReason.PAPER_LOW, Play.EVENING)));
        assertThat(FaultCode.of(play.state)).contains("K-201");
        play.line(Surroundings.Line.DOWN);
        assertThat(FaultCode.of(play.state)).contains(FaultCode.NO_LINE);
        play.absent(DeviceKind.PAD);
        assertThat(FaultCode.of(play.state)).contains("K-114");
    }
}

package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are told of the printer: the paper only when it is the paper, and nothing where there is none. */
class PrinterBannerTest {
    private final Play play = new Play();

    private void printer(DeviceStatus status) {
        play.on(new KioskEvent.DeviceChanged(DeviceKind.PRINTER, status));
    }

    @ParameterizedTest
    @CsvSource({
        "PAPER_OUT, PAPER_OUT",
        "TICKET_LEFT, TICKET_LEFT",
        "COVER_OPEN, NO_RECEIPTS",
        "CUTTER, NO_RECEIPTS",
        "OVERHEATED, NO_RECEIPTS",
        "UNPLUGGED, NO_RECEIPTS",
        "NO_ANSWER, NO_RECEIPTS"
    })
    void eachComplaintHasItsOwnSentence(StatusReason reason, Banner banner) {
        printer(new DeviceStatus.Degraded(reason, Play.EVENING));
        assertThat(play.state.around().banners()).containsExactly(banner);
        printer(new DeviceStatus.Ready(Play.EVENING));
        assertThat(play.state.around().banners()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StatusReason.class)
    void somethingIsSaidExactlyWhereNothingIsPrintedOrAPaperWasLeft(StatusReason reason) {
        printer(new DeviceStatus.Absent(reason, Play.EVENING));
        assertThat(play.state.around().banners().isEmpty())
                .isEqualTo(!reason.blocking() && reason != StatusReason.TICKET_LEFT);
    }

    @Test
    void aKioskWithoutAPrinterSaysNothingOfReceiptsAndOffersNone() {
        Play bare = new Play(Play.settings(false, true), DeviceKind.PAD, DeviceKind.SCANNER);
        assertThat(bare.state.around().banners()).isEmpty();
        bare.login();
        bare.lay(Play.tag(1, "3000000011"));
        bare.answer(bare.lent());
        bare.verified();
        assertThat(bare.state.around().banners()).isEmpty();
        bare.touch(new Choice.Finish());
        assertThat(bare.state).isInstanceOf(KioskState.Farewell.class);
    }
}

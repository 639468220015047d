package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The window over the whole display of a real kiosk. */
class FullScreenTest {
    private final KioskWindow window = KioskWindow.open("test", DeviceProfile.MIDDLE, true, _ -> {});

    @AfterEach
    void close() {
        window.close();
    }

    private Stage stage() {
        return (Stage) window.glass().scene().getWindow();
    }

    @Test
    void hasNoPointer() {
        assertThat(Windows.onFxThread(() -> window.glass().scene().getCursor())).isEqualTo(Cursor.NONE);
    }

    @Test
    void hasNoWayOut() {
        boolean shown = Windows.onFxThread(() -> {
            Event.fireEvent(stage(), new WindowEvent(stage(), WindowEvent.WINDOW_CLOSE_REQUEST));
            return stage().isShowing();
        });
        assertThat(shown).isTrue();
        assertThat(Windows.onFxThread(() -> stage().getFullScreenExitKeyCombination()))
                .isEqualTo(KeyCombination.NO_MATCH);
    }

    @Test
    void drawsWhenItIsAskedTo() throws InterruptedException {
        CountDownLatch drawn = new CountDownLatch(2);
        window.afterNextFrame(() -> {
            drawn.countDown();
            window.afterNextFrame(drawn::countDown);
        });
        assertThat(drawn.await(10, TimeUnit.SECONDS)).isTrue();
    }
}

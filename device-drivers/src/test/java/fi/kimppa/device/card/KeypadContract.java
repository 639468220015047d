package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.card.KeypadKey.Clear;
import fi.kimppa.device.card.KeypadKey.Digit;
import fi.kimppa.device.card.KeypadKey.Enter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a numeric keypad does on every link; a real one and whoever presses its keys can be asked the same. */
abstract class KeypadContract {
    private final List<KeypadKey> keys = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Keypad keypad;

    /** A driver of a keypad that is there. */
    abstract Keypad driver(Consumer<KeypadKey> listener);

    /** Presses 7, 3, 9, clear, 1, 5, enter, and returns when there was time for it. */
    abstract void press();

    @BeforeEach
    void openKeypad() {
        keypad = driver(keys::add);
        eventually("the keypad is ready", () -> keypad.status() instanceof DeviceStatus.Ready);
    }

    @AfterEach
    void closeKeypad() {
        keypad.close();
    }

    @Test
    void deliversTheKeysInOrderAndShowsThemToItsListenerAlone() {
        press();
        eventually("enter", () -> keys.contains(new Enter()));
        assertThat(keys)
                .containsExactly(
                        new Digit(7), new Digit(3), new Digit(9), new Clear(), new Digit(1), new Digit(5), new Enter());
        assertThat(keypad.trace()).isNotEmpty();
        assertThat(keypad.trace())
                .allSatisfy(frame -> assertThat(frame.bytes()).doesNotContain('7', '3', '9', '1', '5'));
        assertThat(keys.toString()).doesNotContain("7", "3", "9", "1", "5");
    }
}

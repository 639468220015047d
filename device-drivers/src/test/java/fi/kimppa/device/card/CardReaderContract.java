package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.Traces;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scanner does on every link, whichever codes it is shown; so a real one and whoever holds it can be asked the same. */
abstract class CardReaderContract {
    private final List<Scan> scans = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private CardReader reader;

    /** A driver of a scanner that is there, with the usual repeat time. */
    abstract CardReader driver(Consumer<Scan> listener);

    /** Shows the scanner a code twice at once, and returns when it has had the time for it. */
    abstract void showTwice(Code code);

    /** The codes that are shown; which ones, is for who shows them. */
    enum Code {
        ONE,
        ANOTHER
    }

    @BeforeEach
    void openReader() {
        reader = driver(scans::add);
        eventually("the scanner is ready", () -> reader.status() instanceof DeviceStatus.Ready);
    }

    @AfterEach
    void closeReader() {
        reader.close();
    }

    @Test
    void deliversEachCodeOnceAndInOrder() {
        showTwice(Code.ONE);
        eventually("a code", () -> !scans.isEmpty());
        showTwice(Code.ANOTHER);
        eventually("another code", () -> scans.size() >= 2);
        assertThat(scans)
                .extracting(Scan::text)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(text -> !text.isBlank());
        assertThat(reader.check()).isInstanceOf(DeviceStatus.Ready.class);
    }

    @Test
    void showsTheCodeToItsListenerAlone() {
        showTwice(Code.ONE);
        eventually("a code", () -> !scans.isEmpty());
        String text = scans.getFirst().text();
        assertThat(Traces.letters(reader) + reader.lastFailure() + scans).doesNotContain(text);
        assertThat(reader.trace()).isNotEmpty();
    }

    @Test
    void passesItsSelfTest() {
        assertThat(reader.selfTest(SelfTestLevel.HEALTHY).passed()).isTrue();
    }
}

package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.Traces;
import fi.kimppa.device.card.TouchedCard.Known;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader of contactless cards does with whatever cards are held to it, so that a real one can be asked the same. */
public abstract class ContactlessReaderContract {
    private final List<TouchedCard> touched = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ContactlessReader reader;

    /** A driver of a reader on which no card lies, which reads UIDs. */
    protected abstract ContactlessReader driver(Consumer<TouchedCard> listener);

    /** Holds a card to the reader, no telephone, and leaves it there; another one each time. */
    protected abstract void lay();

    /** Takes the card away. */
    protected abstract void lift();

    @BeforeEach
    void openReader() {
        reader = driver(touched::add);
        eventually("the reader is ready", () -> reader.status() instanceof DeviceStatus.Ready);
    }

    @AfterEach
    void closeReader() {
        reader.close();
    }

    @Test
    void tellsEachCardOnceHoweverLongItStays() {
        for (int cards = 1; cards <= 2; cards++) {
            int expected = cards;
            lay();
            eventually("the card is told", () -> touched.size() >= expected);
            long looks = reader.statistics().exchanges() + 2;
            eventually("it is looked at again", () -> reader.statistics().exchanges() >= looks);
            assertThat(touched)
                    .hasSize(expected)
                    .hasOnlyElementsOfType(Known.class)
                    .doesNotHaveDuplicates();
            lift();
        }
        assertThat(reader.check()).isInstanceOf(DeviceStatus.Ready.class);
        assertThat(reader.statistics().connections()).isEqualTo(1);
    }

    @Test
    void showsTheCardToItsListenerAlone() {
        lay();
        eventually("the card is told", () -> !touched.isEmpty());
        String uid = ((Known) touched.getFirst()).uid();
        assertThat(Traces.hex(reader) + reader.lastFailure() + touched).doesNotContain(uid);
        assertThat(reader.trace()).isNotEmpty();
        lift();
    }

    @Test
    void passesItsSelfTest() {
        assertThat(reader.selfTest(SelfTestLevel.HEALTHY).passed()).isTrue();
    }
}

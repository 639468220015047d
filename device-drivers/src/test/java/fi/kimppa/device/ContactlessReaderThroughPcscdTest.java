package fi.kimppa.device;

import fi.kimppa.device.card.ContactlessReader;
import fi.kimppa.device.card.ContactlessReaderContract;
import fi.kimppa.device.card.TouchedCard;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VpcdCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The contract through the system's own PC/SC service; in every build {@link ThroughPcscdTest} stands for it. */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class ContactlessReaderThroughPcscdTest extends ContactlessReaderContract {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    private static Optional<Pcscd> service = Optional.empty();

    private Optional<VpcdCard> card = Optional.empty();
    private int cards;

    @BeforeAll
    static void start() throws IOException {
        service = Optional.of(Pcscd.start(folder));
    }

    @AfterAll
    static void stop() throws IOException {
        if (service.isPresent()) {
            service.get().close();
        }
    }

    @Override
    protected ContactlessReader driver(Consumer<TouchedCard> listener) {
        return ContactlessReader.open(
                DeviceAddress.parse("card:pcsc:" + service.orElseThrow().reader()), listener);
    }

    @Override
    protected void lay() {
        card = Optional.of(VpcdCard.lay(service.orElseThrow().port(), VirtualCard.withUid("0411223344556" + cards++)));
    }

    @Override
    @AfterEach
    protected void lift() {
        card.ifPresent(VpcdCard::close);
        card = Optional.empty();
    }
}

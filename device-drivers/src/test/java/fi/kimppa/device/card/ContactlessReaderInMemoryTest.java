package fi.kimppa.device.card;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.CardPlace;
import fi.kimppa.device.simulator.VirtualCard;
import java.util.Map;
import java.util.function.Consumer;

/** The contract without a service between. */
class ContactlessReaderInMemoryTest extends ContactlessReaderContract {
    private final CardPlace place = new CardPlace();
    private int cards;

    @Override
    protected ContactlessReader driver(Consumer<TouchedCard> listener) {
        var address = new DeviceAddress("card", new DeviceAddress.Link.Memory("test"), Map.of());
        return new ContactlessReader(DeviceId.of(DeviceKind.CARD), address, () -> opened(address), listener);
    }

    private ByteLink opened(DeviceAddress address) {
        MemoryLink.Pair pair = MemoryLink.pair(address);
        Thread.ofVirtual().start(() -> {
            try {
                place.serve(pair.device());
            } catch (DeviceException _) {
                // The driver has hung up.
            }
        });
        return pair.host();
    }

    @Override
    protected void lay() {
        place.lay(VirtualCard.withUid("04A1B2C" + cards++));
    }

    @Override
    protected void lift() {
        place.lift();
    }
}

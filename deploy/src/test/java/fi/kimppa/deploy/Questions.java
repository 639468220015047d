package fi.kimppa.deploy;

import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Asks the library how things stand, as any terminal may: 17 and 63 over a line of its own. */
final class Questions implements AutoCloseable {
    static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    private static final String INSTITUTION = "AURA";

    private final Sip2Client client;

    Questions(House house) {
        client = house.machine("kiosk-aura");
    }

    static Timestamp now() {
        return Timestamp.of(LocalDateTime.now(HELSINKI));
    }

    /** Whether 17 calls an item lent. */
    boolean lent(String item) {
        ItemInformationResponse answer = (ItemInformationResponse)
                client.exchange(new ItemInformation(now(), INSTITUTION, item, Optional.empty(), List.of()));
        return answer.circulationStatus() == CirculationStatus.CHARGED;
    }

    /** What 63 lists as lent to a card. */
    List<String> charged(String card, String pin) {
        PatronInformation question = new PatronInformation(
                "007",
                now(),
                ItemList.summary(Optional.of(ItemList.CHARGED)),
                INSTITUTION,
                card,
                Optional.empty(),
                Optional.of(Secret.of(pin)),
                Optional.empty(),
                Optional.empty(),
                List.of());
        PatronInformationResponse answer = (PatronInformationResponse) client.exchange(question);
        return answer.items().getOrDefault(ItemList.CHARGED, List.of());
    }

    @Override
    public void close() {
        client.close();
    }
}

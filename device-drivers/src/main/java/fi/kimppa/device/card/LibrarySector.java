package fi.kimppa.device.card;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.link.CardCommand.KeyType;
import fi.kimppa.device.link.CardResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the card number from sector 1 of a Mifare Classic card, which Finnish libraries keep for themselves (recommendation of
 * 2015-02-01): blocks 4 to 6, coded as a tag of type 8 is. Tries the key that fitted last before the others. For one thread.
 */
final class LibrarySector {
    private static final int FIRST_BLOCK = 4;
    private static final int BLOCKS = 3;
    private static final int BLOCK_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final CardKeys keys;
    /** In the order in which they are tried. */
    private final List<Attempt> attempts = new ArrayList<>();

    private record Attempt(int key, KeyType type) {}

    LibrarySector(CardKeys keys, List<KeyType> types) {
        this.keys = keys;
        for (int key = 0; key < keys.count(); key++) {
            for (KeyType type : types) {
                attempts.add(new Attempt(key, type));
            }
        }
    }

    /** What the card that is there now turns out to be. */
    TouchedCard read(ByteLink link, String uid) {
        for (Attempt attempt : List.copyOf(attempts)) {
            Optional<CardResponse> opened = open(link, attempt);
            if (opened.isEmpty()) {
                return new TouchedCard.Refused(TouchedCard.Reason.LIFTED);
            }
            if (opened.get().ok()) {
                attempts.remove(attempt);
                attempts.addFirst(attempt);
                return content(link, uid);
            }
        }
        return new TouchedCard.Refused(TouchedCard.Reason.NO_KEY_FITS);
    }

    private Optional<CardResponse> open(ByteLink link, Attempt attempt) {
        byte[] key = keys.key(attempt.key());
        byte[] command = CardCommand.loadKey(key);
        try {
            Optional<CardResponse> loaded = CardResponse.to(link, command, PATIENCE);
            return loaded.isPresent() && loaded.get().ok()
                    ? CardResponse.to(link, CardCommand.authenticate(FIRST_BLOCK, attempt.type()), PATIENCE)
                    : loaded;
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(command, (byte) 0);
        }
    }

    private static TouchedCard content(ByteLink link, String uid) {
        var sector = new ByteArrayOutputStream();
        for (int block = FIRST_BLOCK; block < FIRST_BLOCK + BLOCKS; block++) {
            Optional<CardResponse> read = CardResponse.to(link, CardCommand.read(block, BLOCK_BYTES), PATIENCE);
            if (read.isEmpty()) {
                return new TouchedCard.Refused(TouchedCard.Reason.LIFTED);
            }
            if (!read.get().ok() || read.get().data().length != BLOCK_BYTES) {
                return new TouchedCard.Refused(TouchedCard.Reason.NOT_A_LIBRARY_CARD);
            }
            sector.writeBytes(read.get().data());
        }
        return SectorCard.number(sector.toByteArray())
                .<TouchedCard>map(number -> new TouchedCard.Known(uid, Optional.of(number)))
                .orElseGet(() -> new TouchedCard.Refused(TouchedCard.Reason.NOT_A_LIBRARY_CARD));
    }
}

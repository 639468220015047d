package fi.kimppa.device.link;

import fi.kimppa.device.DeviceException.FormatException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What a card or its reader answered to one command: data and the two status bytes (ISO/IEC 7816-4, section 5). Immutable. */
public final class CardResponse {
    /** Done. */
    public static final int OK = 0x9000;

    private static final int STATUS_BYTES = 2;
    /** 256 bytes of data and the status. */
    private static final int LONGEST = 258;

    private final byte[] data;
    private final int status;

    private CardResponse(byte[] bytes) {
        int length = bytes.length - STATUS_BYTES;
        this.data = Arrays.copyOf(bytes, length);
        this.status = (bytes[length] & 0xFF) << 8 | (bytes[length + 1] & 0xFF);
    }

    /**
     * Gives one command to whatever card is there.
     *
     * @param link a link of APDUs
     * @param patience how long to wait for a card or for its answer
     * @return empty when no card answers
     * @throws fi.kimppa.device.DeviceException when the reader is away or answers nonsense
     */
    public static Optional<CardResponse> to(ByteLink link, byte[] command, Duration patience) {
        byte[] buffer = new byte[LONGEST];
        int late = link.read(buffer, Duration.ZERO);
        while (late > 0) {
            late = link.read(buffer, Duration.ZERO);
        }
        link.write(command);
        int count = link.read(buffer, patience);
        if (count == 0) {
            return Optional.empty();
        }
        if (count < STATUS_BYTES) {
            throw new FormatException("a response of at least 2 bytes", count + " bytes", count);
        }
        return Optional.of(new CardResponse(Arrays.copyOf(buffer, count)));
    }

    /** What came before the status; a copy. */
    public byte[] data() {
        return data.clone();
    }

    /** The two status bytes, for example {@link #OK}. */
    public int status() {
        return status;
    }

    /** Whether it was done. */
    public boolean ok() {
        return status == OK;
    }

    /** Hides the data, which may be a card's identifier. */
    @Override
    public String toString() {
        return String.format("CardResponse[%d bytes, %04X]", data.length, status);
    }
}

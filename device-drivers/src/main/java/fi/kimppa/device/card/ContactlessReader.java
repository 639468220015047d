package fi.kimppa.device.card;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.link.CardCommand.KeyType;
import fi.kimppa.device.link.CardMask;
import fi.kimppa.device.link.CardResponse;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A reader of contactless cards at the system's PC/SC service: tells the UID of each card that is held to it and, where it is set to,
 * the card number from the library's own sector.
 *
 * <p>Address: {@code card:pcsc:ACS ACR1552?content=sector1&keys=/etc/kimppa/card-keys}; settings {@code content}: {@code uid} (also
 * without it) or {@code sector1}; {@code keys}: a file with the keys of that sector, one of 12 hexadecimal digits a line, mode 640 or
 * less; {@code key-type}: {@code a} (also without it), {@code b} or {@code both}; {@code repeat} in ms within which a card that comes
 * back counts as not having gone (1500).
 *
 * <p>With {@code sector1} a card without a readable number is refused and never told by its UID: the chip's UID is not the
 * number that the library gave. UIDs that change at each touch are always refused.
 *
 * <p>A tap on its link would see the keys. The reader is ready as long as the service knows it.
 */
public final class ContactlessReader extends LineDevice {
    private static final String DRIVER = "card";
    private static final SerialLine NO_SERIAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final Set<String> SETTINGS = Set.of("content", "keys", "key-type", "repeat");
    /** How long one conversation waits for a card; others wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** Between two looks at a card that stays. */
    private static final Duration REST = Duration.ofMillis(200);

    private static final int SHORTEST_UID = 4;
    private static final int LONGEST_UID = 10;
    /** ISO/IEC 14443-3, section 6.5.4: a UID of 4 bytes that begins so is made up anew at each activation. */
    private static final String RANDOM_UID = "08";

    private static final int RANDOM_UID_DIGITS = 8;

    private final DeviceLine line;
    private final Optional<LibrarySector> sector;
    private final long repeatNanos;
    private final Consumer<TouchedCard> listener;
    /** The UID of the card that lies there, blank for one without. Like all that follows, used in conversations only. */
    private Optional<String> lying = Optional.empty();

    private String last = "";
    private Optional<TouchedCard> lastTold = Optional.empty();
    private long lastNanos;

    ContactlessReader(DeviceId id, DeviceAddress address, LinkOpener opener, Consumer<TouchedCard> listener) {
        address.expect(DRIVER, SETTINGS);
        this.listener = listener;
        this.sector = sector(address);
        this.repeatNanos =
                Duration.ofMillis(address.setting("repeat", 1_500, 0, 60_000)).toNanos();
        this.line = new DeviceLine(
                id,
                address,
                opener,
                new DeviceLine.Manners(this::greet, this::look, Duration.ZERO, new CardMask()),
                Clock.systemUTC());
        line.start();
    }

    /**
     * Opens the reader under the name {@code card}.
     *
     * @param listener gets each card, on the driver's thread: hand over and return
     * @throws IllegalArgumentException for settings that cannot be, a key file that cannot be read or is open to others
     */
    public static ContactlessReader open(DeviceAddress address, Consumer<TouchedCard> listener) {
        return open(DeviceId.of(DeviceKind.CARD), address, listener);
    }

    /** Opens the reader under a name of its own. */
    public static ContactlessReader open(DeviceId id, DeviceAddress address, Consumer<TouchedCard> listener) {
        if (!(address.link() instanceof DeviceAddress.Link.Pcsc)) {
            throw new IllegalArgumentException("Device address '" + address + "': expected the link pcsc");
        }
        return new ContactlessReader(id, address, () -> ByteLink.open(address, NO_SERIAL_LINE), listener);
    }

    private static Optional<LibrarySector> sector(DeviceAddress address) {
        Optional<String> keys = address.setting("keys");
        String content = address.setting("content").orElse("uid");
        if (content.equals("uid") && keys.isEmpty()) {
            return Optional.empty();
        }
        if (!content.equals("sector1") || keys.isEmpty()) {
            throw new IllegalArgumentException("Device address '" + address
                    + "': expected content uid without keys, or content sector1 with keys in a file");
        }
        List<KeyType> types = switch (address.setting("key-type").orElse("a")) {
            case "a" -> List.of(KeyType.A);
            case "b" -> List.of(KeyType.B);
            case "both" -> List.of(KeyType.A, KeyType.B);
            default ->
                throw new IllegalArgumentException("Device address '" + address + "': expected key-type a, b or both");
        };
        return Optional.of(new LibrarySector(CardKeys.read(Path.of(keys.get())), types));
    }

    private Optional<StatusReason> greet(ByteLink link) {
        lying = Optional.empty();
        return Optional.empty();
    }

    /** Waits a while for a card, or looks whether the one that lies there still does. */
    private Optional<StatusReason> look(ByteLink link) {
        Optional<String> uid = uidOf(link).filter(read -> !read.isEmpty() || !isBack());
        boolean stays = uid.isPresent() && uid.equals(lying);
        lying = uid;
        if (stays) {
            lastNanos = System.nanoTime();
            link.read(new byte[LONGEST_UID], REST);
        } else {
            uid.ifPresent(came -> came(link, came));
        }
        return Optional.empty();
    }

    private static Optional<String> uidOf(ByteLink link) {
        return CardResponse.to(link, CardCommand.uid(), PATIENCE).map(ContactlessReader::uid);
    }

    /** Whether a card that is there now may be the last one. One that shortly has no UID is on its way down or up. */
    private boolean isBack() {
        return !last.isEmpty() && System.nanoTime() - lastNanos < repeatNanos;
    }

    private void came(ByteLink link, String uid) {
        Optional<TouchedCard> before = uid.equals(last) && isBack() ? lastTold : Optional.empty();
        if (before.isEmpty() || before.get() instanceof TouchedCard.Refused) {
            // A card that was refused and is held better now is read anew; the same refusal is not told again.
            TouchedCard card = touched(link, uid);
            if (!before.equals(Optional.of(card))) {
                listener.accept(card);
            }
            if (card.equals(new TouchedCard.Refused(TouchedCard.Reason.LIFTED))) {
                // The next touch is another try; who was told before stays told.
                lying = Optional.empty();
                return;
            }
            last = uid;
            lastTold = Optional.of(card);
        }
        lastNanos = System.nanoTime();
    }

    private TouchedCard touched(ByteLink link, String uid) {
        if (uid.isEmpty()) {
            return new TouchedCard.Refused(TouchedCard.Reason.NO_UID);
        }
        if (uid.length() == RANDOM_UID_DIGITS && uid.startsWith(RANDOM_UID)) {
            return new TouchedCard.Refused(TouchedCard.Reason.RANDOM_UID);
        }
        if (sector.isEmpty()) {
            return new TouchedCard.Known(uid, Optional.empty());
        }
        TouchedCard card = sector.get().read(link, uid);
        // In a wallet lie several cards: the number is the one of this card only if this card is still the one that
        // answers.
        boolean same = uidOf(link).equals(Optional.of(uid));
        return same ? card : new TouchedCard.Refused(TouchedCard.Reason.LIFTED);
    }

    /** In hexadecimal; blank when the reader knows none for this card. */
    private static String uid(CardResponse answer) {
        byte[] uid = answer.data();
        if (answer.ok() && (uid.length < SHORTEST_UID || uid.length > LONGEST_UID)) {
            throw new FormatException("a UID of 4 to 10 bytes", uid.length + " bytes", 0);
        }
        return answer.ok() ? HexFormat.of().withUpperCase().formatHex(uid) : "";
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}

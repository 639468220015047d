package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Commands with which one make of PC/SC reader passes a tag's own command through, as a setting writes them: one or more command APDUs
 * in hexadecimal, parted by commas, with {@code UU} in the place of the UID (8 bytes, least significant first, as on the air) and
 * {@code AA} in the place of the AFI. For example, for a reader that takes the tag's command as the data of {@code FF FB 00 00}:
 * {@code FFFB00000B2227UUAA} writes the AFI (ISO/IEC 15693-3: flags 22, command 27) and {@code FFFB00000A222BUU} asks for the system
 * information (2B), in whose answer the AFI stands.
 */
record TransparentCommand(List<String> templates) {
    static final String UID = "UU";
    static final String AFI = "AA";

    private static final Duration PATIENCE = Duration.ofMillis(500);

    TransparentCommand {
        templates = List.copyOf(templates);
    }

    /**
     * What the address says.
     *
     * @param places what must be in it: the tag is always named, because a command that names none may reach several
     * @throws IllegalArgumentException when it is not hexadecimal, or one of the places is missing
     */
    static Optional<TransparentCommand> of(DeviceAddress address, String name, String... places) {
        return address.setting(name).map(text -> {
            List<String> templates = List.of(text.toUpperCase(Locale.ROOT).split(",", -1));
            boolean bytes = templates.stream().allMatch(template -> template.matches("([0-9A-F]{2}|UU){4,}"));
            if (!bytes || !List.of(places).stream().allMatch(text.toUpperCase(Locale.ROOT)::contains)) {
                throw new IllegalArgumentException("Device address '" + address + "': expected " + name
                        + " as commands in hexadecimal with " + String.join(" and ", places) + ", found '" + text
                        + "'");
            }
            return new TransparentCommand(templates);
        });
    }

    /**
     * Gives the commands, all of them.
     *
     * @return what was answered, one after the other; empty when one was not done
     */
    Optional<byte[]> exchange(ByteLink link, Uid uid, int afi) {
        var data = new ByteArrayOutputStream();
        boolean done = true;
        for (String template : templates) {
            Optional<CardResponse> answer = CardResponse.to(link, command(template, uid, afi), PATIENCE);
            // The last may be the one that ends what the first began, so it is given even when one between was refused.
            done &= answer.map(CardResponse::ok).orElse(false);
            answer.ifPresent(response -> data.writeBytes(response.data()));
        }
        return done ? Optional.of(data.toByteArray()) : Optional.empty();
    }

    private static byte[] command(String template, Uid uid, int afi) {
        byte[] onTheAir = Blocks.reversed(uid.bytes(), 8);
        var hex = new StringBuilder();
        for (int i = 0; i < template.length(); i += 2) {
            String pair = template.substring(i, i + 2);
            hex.append(
                    switch (pair) {
                        case UID -> HexFormat.of().formatHex(onTheAir);
                        case AFI -> String.format("%02X", afi);
                        default -> pair;
                    });
        }
        return HexFormat.of().parseHex(hex);
    }

    /** Finds the system information of this tag among what was answered, in whatever the reader has wrapped it. */
    Optional<TagInformation> information(Uid uid, byte[] data) {
        for (int at = 0; at + 9 <= data.length; at++) {
            Optional<TagInformation> found = TagInformation.parse(uid, Arrays.copyOfRange(data, at, data.length));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}

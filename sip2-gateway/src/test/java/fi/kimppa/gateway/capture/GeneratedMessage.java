package fi.kimppa.gateway.capture;

import fi.kimppa.sip2.wire.Checksum;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.MessageType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A message with persons in it, at random. */
final class GeneratedMessage {
    private static final String LETTERS = "abcdefghijklmnoprstuvyåäöéüøæñ";

    private final byte[] line;
    private final List<byte[]> personal;

    private GeneratedMessage(byte[] line, List<byte[]> personal) {
        this.line = line;
        this.personal = personal;
    }

    /** Its bytes. */
    byte[] line() {
        return line.clone();
    }

    /** What must not be found in a copy. */
    List<byte[]> personal() {
        return personal;
    }

    static GeneratedMessage of(Random random, char delimiter, Charset charset) {
        List<MessageType> types = List.of(MessageType.values());
        List<Field> fields = List.of(Field.values());
        MessageType type = types.get(random.nextInt(types.size()));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(type.code().getBytes(StandardCharsets.US_ASCII));
        for (FixedField field : type.fixedFields()) {
            line.writeBytes(fixed(field, random).getBytes(StandardCharsets.US_ASCII));
        }
        List<byte[]> personal = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            Field field = fields.get(random.nextInt(fields.size()));
            String value;
            if (field.privacy() != Field.Privacy.PLAIN) {
                value = person(random);
                said.add(value);
            } else if (field.width() > 0) {
                value = "Y".repeat(field.width());
            } else {
                value = "QQ";
            }
            line.writeBytes((field.code() + value + delimiter).getBytes(charset));
        }
        if (!said.isEmpty()) {
            String text = "AFHei " + said.get(random.nextInt(said.size())) + "! (" + said.getFirst() + ")";
            line.writeBytes((text + delimiter).getBytes(charset));
        }
        String unknown = person(random);
        said.add(unknown);
        line.writeBytes(("Z" + random.nextInt(10) + unknown + delimiter).getBytes(charset));
        said.forEach(value -> personal.add(value.getBytes(charset)));
        if (random.nextBoolean()) {
            line.writeBytes(("AY" + random.nextInt(10) + "AZ").getBytes(StandardCharsets.US_ASCII));
            String sum =
                    HexFormat.of().withUpperCase().toHexDigits((short) Checksum.of(line.toByteArray(), line.size()));
            line.writeBytes(sum.getBytes(StandardCharsets.US_ASCII));
        }
        return new GeneratedMessage(line.toByteArray(), personal);
    }

    private static String fixed(FixedField field, Random random) {
        if (field.width() == 1) {
            return random.nextBoolean() ? "Y" : "1";
        }
        return switch (field) {
            case TRANSACTION_DATE, NB_DUE_DATE, RETURN_DATE, DATE_TIME_SYNC -> "20261124    193000";
            case PATRON_STATUS, SUMMARY -> " ".repeat(field.width());
            case CURRENCY_TYPE -> "EUR";
            default -> "0".repeat(field.width());
        };
    }

    /** A card or a name: long enough not to be there by chance. */
    private static String person(Random random) {
        if (random.nextBoolean()) {
            StringBuilder card = new StringBuilder();
            for (int i = 6 + random.nextInt(10); i > 0; i--) {
                card.append(random.nextInt(10));
            }
            return card.toString();
        }
        return word(random) + (random.nextBoolean() ? ", " + word(random) : "-" + word(random));
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 5 + random.nextInt(5); i > 0; i--) {
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            word.append(word.isEmpty() ? Character.toUpperCase(letter) : letter);
        }
        return word.toString();
    }
}

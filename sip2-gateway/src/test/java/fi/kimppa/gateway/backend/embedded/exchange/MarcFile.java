package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes records of ISO 2709 byte by byte, so that what reads them is not tested against itself. */
final class MarcFile {
    private static final int FIELD_END = 0x1E;
    private static final int RECORD_END = 0x1D;
    private static final char SUBFIELD = 0x1F;

    private MarcFile() {}

    /**
     * A record.
     *
     * @param scheme leader 09: {@code a} for UTF-8, a blank for MARC-8
     * @param fields tag, indicators and subfields, such as {@code 24510$aTitle$bmore}; in a byte for each character
     */
    static byte[] record(char scheme, List<String> fields) {
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String field : fields) {
            byte[] body = (field.substring(3).replace('$', SUBFIELD) + (char) FIELD_END)
                    .getBytes(StandardCharsets.ISO_8859_1);
            directory.writeBytes("%s%04d%05d"
                    .formatted(field.substring(0, 3), body.length, data.size())
                    .getBytes(StandardCharsets.US_ASCII));
            data.writeBytes(body);
        }
        directory.write(FIELD_END);
        int base = 24 + directory.size();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes("%05dnam %c22%05d a 4500"
                .formatted(base + data.size() + 1, scheme, base)
                .getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(directory.toByteArray());
        record.writeBytes(data.toByteArray());
        record.write(RECORD_END);
        return record.toByteArray();
    }

    /** The bytes of a text in UTF-8, in a character for each. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** One after the other. */
    static byte[] file(byte[]... records) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] record : records) {
            file.writeBytes(record);
        }
        return file.toByteArray();
    }
}

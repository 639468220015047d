package fi.kimppa.device.simulator;

import fi.kimppa.device.printer.Symbology;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the bar code of a {@code GS k} command.
 *
 * @param symbology its kind; empty for those that are not drawn
 * @param content what it says
 */
record BarCodeBytes(Optional<Symbology> symbology, String content) {
    private static final int FORM_B = 'A';

    /** Takes {@code command} apart, of form A (m below 65, ends in zero) or B (with a length). */
    static BarCodeBytes of(byte[] command) {
        int kind = command[2] & 0xFF;
        boolean counted = kind >= FORM_B;
        int from = counted ? 4 : 3;
        int to = counted ? command.length : command.length - 1;
        byte[] data = Arrays.copyOfRange(command, from, to);
        Optional<Symbology> symbology = Symbology.of(counted ? kind : kind + FORM_B);
        String content = symbology.filter(Symbology.CODE128::equals).isPresent()
                ? code128(data)
                : new String(data, StandardCharsets.ISO_8859_1);
        return new BarCodeBytes(symbology.filter(known -> known.accepts(content)), content);
    }

    /** A brace and a letter choose a set; in set C each byte is two digits. */
    private static String code128(byte[] data) {
        var text = new StringBuilder();
        boolean pairs = false;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '{' && i + 1 < data.length) {
                i++;
                if (data[i] == '{') {
                    text.append('{');
                } else if (data[i] >= 'A' && data[i] <= 'C') {
                    pairs = data[i] == 'C';
                }
            } else if (pairs) {
                text.append(String.format("%02d", data[i] & 0xFF));
            } else {
                text.append((char) (data[i] & 0xFF));
            }
        }
        return text.toString();
    }
}

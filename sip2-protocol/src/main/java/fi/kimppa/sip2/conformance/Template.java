package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.wire.Checksum;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What is put on the wire: characters, marks and raw bytes. */
record Template(List<Token> tokens) {
    Template {
        tokens = List.copyOf(tokens);
    }

    /** @throws ConversationException if a mark stands there that only an expected line may have */
    static Template read(String text, Token.Place place) {
        List<Token> tokens = Token.read(text, place);
        for (Token token : tokens) {
            if (token instanceof Token.Each(String shown, var _)) {
                throw place.expected("marks that say what to send", shown);
            }
            if (token instanceof Token.Matching(String shown, var _)) {
                throw place.expected("marks that say what to send", shown);
            }
        }
        return new Template(tokens);
    }

    /**
     * The bytes.
     *
     * @param line what stands on the wire of the current message so far, for the checksum; is carried on
     */
    byte[] bytes(Values values, ByteArrayOutputStream line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Token token : tokens) {
            byte[] piece = bytes(token, values, line);
            out.writeBytes(piece);
            if (token instanceof Token.Raw(int value) && (value == '\r' || value == '\n')) {
                line.reset();
            } else {
                line.writeBytes(piece);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Token token, Values values, ByteArrayOutputStream line) {
        return switch (token) {
            case Token.Letter(int point) -> Character.toString(point).getBytes(values.charset());
            case Token.Raw(int value) -> new byte[] {(byte) value};
            case Token.Variable(String name) -> values.variable(name).getBytes(values.charset());
            case Token.Time(boolean utc, var offset) ->
                (utc
                                ? values.utc(values.now().plus(offset))
                                : values.local(values.now().plus(offset)))
                        .getBytes(values.charset());
            case Token.Repeated(char character, int count) ->
                Character.toString(character).repeat(count).getBytes(values.charset());
            case Token.Sum(Token.Form form) -> sum(line.toByteArray(), form).getBytes(values.charset());
            case Token.Others _ -> "...".getBytes(values.charset());
            case Token.Each _, Token.Matching _ -> throw new IllegalStateException("not to be sent");
        };
    }

    private static String sum(byte[] line, Token.Form form) {
        int start = 0;
        // Blanks and control bytes before a command are no part of its message.
        while (start < line.length && line[start] >= 0 && line[start] <= ' ') {
            start++;
        }
        byte[] counted = java.util.Arrays.copyOfRange(line, start, line.length);
        int right = Checksum.of(counted, counted.length);
        String hex = HexFormat.of().withUpperCase().toHexDigits((short) (form == Token.Form.WRONG ? right + 1 : right));
        return form == Token.Form.LOWER_CASE ? hex.toLowerCase(Locale.ROOT) : hex;
    }
}

package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.wire.Checksum;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a line must be: its command, each character of its fixed fields, its coded fields in any order, and its
 * trailer. A code that is named once must come once; one that is named several times must come as often, in that
 * order.
 */
final class Expectation {
    private static final Pattern TRAILER = Pattern.compile("(?:AY(.))?AZ([0-9A-Fa-f]{4})$", Pattern.DOTALL);

    private final MessageType type;
    private final char delimiter;
    private final List<String> fixed;
    private final Map<String, List<List<Token>>> present;
    private final Map<String, List<Token>> optional;
    private final List<String> absent;
    private final boolean others;
    private final Optional<String> sequence;
    private final boolean checksum;
    private final Optional<String> terminator;

    private Expectation(Reader reader) {
        this.type = reader.type;
        this.delimiter = reader.delimiter;
        this.fixed = List.copyOf(reader.fixed);
        this.present = reader.present;
        this.optional = reader.optional;
        this.absent = List.copyOf(reader.absent);
        this.others = reader.others;
        this.sequence = reader.sequence;
        this.checksum = reader.checksum;
        this.terminator = reader.terminator;
    }

    /** @throws ConversationException with what was expected and found */
    static Expectation read(String text, char delimiter, Token.Place place) {
        Reader reader = new Reader(text, delimiter, place);
        reader.read();
        return new Expectation(reader);
    }

    /** The end of the line, where the file spells it out. */
    Optional<String> terminator() {
        return terminator;
    }

    /** The command that must come. */
    MessageType type() {
        return type;
    }

    List<Token> tokens() {
        List<Token> all = new ArrayList<>();
        present.values().forEach(values -> values.forEach(all::addAll));
        optional.values().forEach(all::addAll);
        return all;
    }

    // ---- comparing ---------------------------------------------------------------------------------------

    /** Everything in which the line is not what it must be; values of persons and secrets are masked. */
    List<String> differences(byte[] line, Values values) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        if (text.length() < 2 || !text.startsWith(type.code())) {
            return List.of("command: expected " + type.code() + " " + type.title() + ", found " + command(text));
        }
        List<String> differences = new ArrayList<>();
        var trailer = TRAILER.matcher(text);
        int end = trailer.find() && trailer.start() >= 2 ? trailer.start() : text.length();
        compareTrailer(line, text, end, differences);
        if (end - 2 < fixed.size()) {
            differences.add("fixed fields: expected " + fixed.size() + " characters, found " + Math.max(0, end - 2));
            return differences;
        }
        compareFixed(text, differences);
        compareCoded(line, 2 + fixed.size(), end, values, differences);
        return differences;
    }

    private static String command(String text) {
        String start = text.substring(0, Math.min(2, text.length()));
        return MessageType.of(start)
                .map(found -> start + " " + found.title())
                .orElse("a line of " + text.length() + " bytes that is no SIP2 message");
    }

    private void compareTrailer(byte[] line, String text, int end, List<String> differences) {
        String found = text.substring(end);
        if (found.isEmpty()) {
            if (checksum) {
                differences.add("trailer: expected "
                        + sequence.map(digit -> "AY" + digit).orElse("") + "AZ, found none");
            }
            return;
        }
        if (!checksum) {
            differences.add("trailer: expected none, found " + found);
            return;
        }
        Optional<String> digit = found.startsWith("AY") ? Optional.of(found.substring(2, 3)) : Optional.empty();
        if (!digit.equals(sequence) && !sequence.equals(Optional.of("{any}"))) {
            differences.add("sequence number: expected "
                    + sequence.map(one -> "AY" + one).orElse("none") + ", found "
                    + digit.map(one -> "AY" + one).orElse("none"));
        }
        int right = Checksum.of(line, line.length - 4);
        String hex = found.substring(found.length() - 4);
        if (Integer.parseInt(hex, 16) != right) {
            differences.add("checksum: expected AZ%04X, found AZ%s".formatted(right, hex));
        } else if (!hex.equals(hex.toUpperCase(Locale.ROOT))) {
            differences.add("checksum: expected upper case, found AZ" + hex);
        }
    }

    private void compareFixed(String text, List<String> differences) {
        int at = 0;
        for (FixedField field : type.fixedFields()) {
            List<String> expressions = fixed.subList(at, at + field.width());
            String found = text.substring(2 + at, 2 + at + field.width());
            if (!Pattern.compile(String.join("", expressions), Pattern.DOTALL)
                    .matcher(found)
                    .matches()) {
                differences.add(field.label() + ": expected " + readable(expressions) + ", found \"" + found + "\"");
            }
            at += field.width();
        }
    }

    private static String readable(List<String> expressions) {
        StringBuilder shown = new StringBuilder();
        for (String expression : expressions) {
            shown.append(expression.startsWith("\\Q") ? expression.substring(2, expression.length() - 2) : expression);
        }
        return "\"" + shown + "\"";
    }

    private void compareCoded(byte[] line, int from, int end, Values values, List<String> differences) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        int at = from;
        for (int i = from; i < end; i++) {
            if (line[i] == delimiter) {
                if (i - at < 2) {
                    differences.add("coded fields: expected a code before every delimiter, found none at byte " + at);
                } else {
                    String code = new String(line, at, 2, StandardCharsets.ISO_8859_1);
                    found.computeIfAbsent(code, _ -> new ArrayList<>())
                            .add(new String(line, at + 2, i - at - 2, values.charset()));
                }
                at = i + 1;
            }
        }
        if (at < end) {
            differences.add("coded fields: expected a delimiter after the last one, found none");
        }
        present.forEach((code, wanted) -> comparePresent(code, wanted, found, values, differences));
        optional.forEach((code, wanted) -> found.getOrDefault(code, List.of()).stream()
                .filter(value -> !matches(wanted, value, values))
                .forEach(value -> differences.add(
                        label(code) + ": expected " + shown(wanted) + " or none, found " + masked(code, value))));
        for (String code : absent) {
            found.getOrDefault(code, List.of())
                    .forEach(value -> differences.add(label(code) + ": expected none, found " + masked(code, value)));
        }
        if (!others) {
            found.forEach((code, all) -> {
                if (!present.containsKey(code) && !optional.containsKey(code) && !absent.contains(code)) {
                    all.forEach(value ->
                            differences.add(label(code) + ": expected no other field, found " + masked(code, value)));
                }
            });
        }
    }

    private void comparePresent(
            String code,
            List<List<Token>> wanted,
            Map<String, List<String>> found,
            Values values,
            List<String> differences) {
        List<String> all = found.getOrDefault(code, List.of());
        boolean mayBeMore = others
                && Field.of(code).filter(MessageType.REPEATABLE::contains).isPresent();
        if (all.size() < wanted.size() || (all.size() > wanted.size() && !mayBeMore)) {
            differences.add(label(code) + ": expected " + wanted.size() + " of it, found " + all.size());
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!matches(wanted.get(i), all.get(i), values)) {
                differences.add(
                        label(code) + ": expected " + shown(wanted.get(i)) + ", found " + masked(code, all.get(i)));
            }
        }
    }

    private static boolean matches(List<Token> wanted, String found, Values values) {
        StringBuilder expression = new StringBuilder();
        for (Token token : wanted) {
            expression.append(
                    switch (token) {
                        case Token.Letter(int point) -> Pattern.quote(Character.toString(point));
                        case Token.Raw(int value) -> Pattern.quote(Character.toString(value));
                        case Token.Variable(String name) -> Pattern.quote(values.variable(name));
                        case Token.Time(boolean utc, var offset) -> {
                            var moment = values.now().plus(offset);
                            yield Pattern.quote(utc ? values.utc(moment) : values.local(moment));
                        }
                        case Token.Repeated(char character, int count) ->
                            Pattern.quote(Character.toString(character).repeat(count));
                        case Token.Each(var _, List<String> expressions) -> String.join("", expressions);
                        case Token.Matching(var _, String any) -> "(?:" + any + ")";
                        case Token.Others _ -> Pattern.quote("...");
                        case Token.Sum _ -> throw new IllegalStateException("a checksum inside a field");
                    });
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL)
                .matcher(found)
                .matches();
    }

    /** As the file has it, so no variable's value is in it. */
    private static String shown(List<Token> tokens) {
        StringBuilder shown = new StringBuilder();
        for (Token token : tokens) {
            shown.append(
                    switch (token) {
                        case Token.Letter(int point) -> Character.toString(point);
                        case Token.Raw(int value) -> "\\x%02X".formatted(value);
                        case Token.Variable(String name) -> "$" + name;
                        case Token.Time(boolean utc, var offset) -> (utc ? "{utc" : "{now") + shown(offset) + "}";
                        case Token.Repeated(char character, int count) -> "{repeat " + character + " " + count + "}";
                        case Token.Each(String mark, var _) -> mark;
                        case Token.Matching(String mark, var _) -> mark;
                        case Token.Others _ -> "...";
                        case Token.Sum _ -> "{sum}";
                    });
        }
        return shown.isEmpty() ? "an empty value" : shown.toString();
    }

    private static String shown(java.time.Duration offset) {
        return offset.isZero() ? "" : (offset.isNegative() ? "" : "+") + offset.toSeconds() + "s";
    }

    private static String label(String code) {
        return Field.of(code).map(field -> code + " " + field.label()).orElse(code);
    }

    private static String masked(String code, String value) {
        boolean plain = Field.of(code)
                .map(field -> field.privacy() == Field.Privacy.PLAIN)
                .orElse(true);
        return value.isEmpty()
                ? "an empty value"
                : plain ? "\"" + value + "\"" : "*** (" + value.length() + " characters)";
    }

    // ---- reading -----------------------------------------------------------------------------------------

    /** Takes the tokens of a line one by one. */
    private static final class Reader {
        private final char delimiter;
        private final Token.Place place;
        private final List<Token> tokens;
        private final MessageType type;
        private final List<String> fixed = new ArrayList<>();
        private final Map<String, List<List<Token>>> present = new LinkedHashMap<>();
        private final Map<String, List<Token>> optional = new LinkedHashMap<>();
        private final List<String> absent = new ArrayList<>();
        private boolean others;
        private Optional<String> sequence = Optional.empty();
        private boolean checksum;
        private Optional<String> terminator = Optional.empty();
        private int at;

        Reader(String text, char delimiter, Token.Place place) {
            this.delimiter = delimiter;
            this.place = place;
            this.tokens = new ArrayList<>(Token.read(text, place));
            String command = text.substring(0, Math.min(2, text.length()));
            this.type = MessageType.of(command)
                    .orElseThrow(() -> place.expected("the two digits of a SIP2 message", "\"" + command + "\""));
            this.at = 2;
        }

        void read() {
            StringBuilder end = new StringBuilder();
            while (tokens.getLast() instanceof Token.Raw(int value) && (value == '\r' || value == '\n')) {
                end.insert(0, (char) value);
                tokens.removeLast();
            }
            terminator = end.isEmpty() ? Optional.empty() : Optional.of(end.toString());
            readFixed();
            readCoded();
        }

        private void readFixed() {
            int width = type.fixedWidth();
            while (fixed.size() < width) {
                if (at == tokens.size()) {
                    throw tooShort(width);
                }
                switch (tokens.get(at)) {
                    case Token.Letter(int point) when point == '[' -> fixed.add(choice());
                    case Token.Letter(int point) when point == delimiter -> throw tooShort(width);
                    case Token.Letter(int point) -> fixed.add(Pattern.quote(Character.toString(point)));
                    case Token.Repeated(char character, int count) -> {
                        for (int i = 0; i < count; i++) {
                            fixed.add(Pattern.quote(Character.toString(character)));
                        }
                    }
                    case Token.Each(var _, List<String> expressions) -> fixed.addAll(expressions);
                    case Token.Raw _, Token.Variable _, Token.Time _, Token.Sum _, Token.Matching _, Token.Others _ ->
                        throw place.expected(
                                "characters, [choices], {time}, {blanks n}, {digits n} or {any n} in the fixed fields of "
                                        + type.code(),
                                shown(List.of(tokens.get(at))));
                }
                at++;
            }
            if (fixed.size() > width) {
                throw place.expected(
                        width + " characters of fixed fields in " + type.code(), fixed.size() + " or more");
            }
        }

        private ConversationException tooShort(int width) {
            return place.expected(
                    width + " characters of fixed fields in " + type.code(), Integer.toString(fixed.size()));
        }

        private String choice() {
            StringBuilder choice = new StringBuilder("[");
            for (at++; at < tokens.size() && tokens.get(at) instanceof Token.Letter(int point); at++) {
                if (point == ']') {
                    return choice.append(']').toString();
                }
                choice.append(point == ' ' || Character.isLetterOrDigit(point) ? "" : "\\")
                        .appendCodePoint(point);
            }
            throw place.expected("] after [", "the end of the line");
        }

        private void readCoded() {
            List<Token> piece = new ArrayList<>();
            for (; at < tokens.size(); at++) {
                if (tokens.get(at) instanceof Token.Letter(int point) && point == delimiter) {
                    readField(piece);
                    piece = new ArrayList<>();
                } else {
                    piece.add(tokens.get(at));
                }
            }
            if (piece.equals(List.of(new Token.Others()))) {
                others = true;
            } else if (!piece.isEmpty()) {
                readTrailer(piece);
            }
        }

        private void readField(List<Token> piece) {
            if (piece.equals(List.of(new Token.Others()))) {
                others = true;
                return;
            }
            boolean not = starts(piece, '!');
            boolean maybe = starts(piece, '?');
            List<Token> rest = not || maybe ? piece.subList(1, piece.size()) : piece;
            if (rest.size() < 2
                    || !(rest.get(0) instanceof Token.Letter(int first))
                    || !(rest.get(1) instanceof Token.Letter(int second))) {
                throw place.expected("a field's two letters and its value", "\"" + shown(piece) + "\"");
            }
            String code = Character.toString(first) + Character.toString(second);
            List<Token> value = List.copyOf(rest.subList(2, rest.size()));
            if (not) {
                absent.add(code);
            } else if (maybe) {
                optional.put(code, value);
            } else {
                present.computeIfAbsent(code, _ -> new ArrayList<>()).add(value);
            }
        }

        private static boolean starts(List<Token> piece, char sign) {
            return !piece.isEmpty() && piece.getFirst() instanceof Token.Letter(int point) && point == sign;
        }

        /** {@code AY1AZ{sum}}, {@code AY{any 1}AZ{sum}} or {@code AZ{sum}}, after {@code ...} or not. */
        private void readTrailer(List<Token> piece) {
            List<Token> rest = new ArrayList<>(piece);
            if (rest.getFirst() instanceof Token.Others) {
                others = true;
                rest.removeFirst();
            }
            String text = shown(rest);
            if (text.matches("AY[0-9]AZ\\{sum}")) {
                sequence = Optional.of(text.substring(2, 3));
            } else if (text.equals("AY{any 1}AZ{sum}")) {
                sequence = Optional.of("{any}");
            } else if (!text.equals("AZ{sum}")) {
                throw place.expected("a field with its delimiter, ... or AYnAZ{sum}", "\"" + text + "\"");
            }
            checksum = true;
        }
    }
}

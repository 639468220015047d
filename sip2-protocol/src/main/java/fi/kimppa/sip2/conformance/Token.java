package fi.kimppa.sip2.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of a conversation's line: a character that means itself, or a mark. */
sealed interface Token {
    /** A character that means itself. */
    record Letter(int codePoint) implements Token {}

    /** A byte, whatever the charset says about it. */
    record Raw(int value) implements Token {}

    /** {@code $NAME}. */
    record Variable(String name) implements Token {}

    /** {@code {now}}, {@code {now+2d}}, {@code {utc-1h}}. */
    record Time(boolean utc, Duration offset) implements Token {}

    /** {@code {blanks 18}} and {@code {repeat x 300}}. */
    record Repeated(char character, int count) implements Token {}

    /** {@code {sum}}: the right checksum; {@code {SUM}} in either case when expected. */
    record Sum(Form form) implements Token {}

    /** How a checksum is written. */
    enum Form {
        RIGHT,
        LOWER_CASE,
        WRONG
    }

    /** {@code {any 4}}, {@code {digits 4}} and {@code {time}}: one expression for each character. */
    record Each(String shown, List<String> expressions) implements Token {}

    /** {@code {any}}, {@code {some}}, {@code {money}} and {@code {/…/}}: of no fixed width. */
    record Matching(String shown, String expression) implements Token {}

    /** {@code {others}}: fields that the line does not name may come too. */
    record Others() implements Token {}

    Pattern BRACE = Pattern.compile("(now|utc)(?:([+-]\\d{1,6})([smhd]))?|(blanks|any|digits) (\\d{1,5})"
            + "|repeat (.) (\\d{1,6})|/(.*)/|([a-z-]+)");

    /** Where a line stands, for what is wrong with it. */
    record Place(String file, int line) {
        ConversationException expected(String expected, String found) {
            return new ConversationException(file, line, expected, found);
        }
    }

    /** Takes a line apart. */
    static List<Token> read(String text, Place place) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            switch (next) {
                case '\\' -> {
                    Escape escape = Escape.at(text, at, place);
                    tokens.add(escape.token());
                    at = escape.end();
                }
                case '$' -> {
                    int end = at + 1;
                    while (end < text.length() && name(text.charAt(end))) {
                        end++;
                    }
                    if (end == at + 1) {
                        throw place.expected("the name of a variable after $, or \\$", text.substring(at));
                    }
                    tokens.add(new Variable(text.substring(at + 1, end)));
                    at = end;
                }
                case '{' -> {
                    int end = text.startsWith("{/", at) ? text.indexOf("/}", at + 2) + 1 : text.indexOf('}', at);
                    if (end <= at) {
                        throw place.expected("} after {, or \\{", text.substring(at));
                    }
                    tokens.add(brace(text.substring(at + 1, end), place));
                    at = end + 1;
                }
                case '.' -> {
                    boolean others = text.startsWith("...", at);
                    tokens.add(others ? new Others() : new Letter('.'));
                    at += others ? 3 : 1;
                }
                default -> {
                    int point = text.codePointAt(at);
                    tokens.add(new Letter(point));
                    at += Character.charCount(point);
                }
            }
        }
        return tokens;
    }

    private static boolean name(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static Token brace(String content, Place place) {
        Matcher mark = BRACE.matcher(content);
        if (!mark.matches()) {
            throw unknown(content, place);
        }
        if (mark.group(1) != null) {
            return new Time(mark.group(1).equals("utc"), offset(mark));
        }
        if (mark.group(4) != null) {
            int count = Integer.parseInt(mark.group(5));
            return switch (mark.group(4)) {
                case "blanks" -> new Repeated(' ', count);
                case "digits" -> new Each("{" + content + "}", Collections.nCopies(count, "[0-9]"));
                default -> new Each("{" + content + "}", Collections.nCopies(count, "."));
            };
        }
        if (mark.group(6) != null) {
            return new Repeated(mark.group(6).charAt(0), Integer.parseInt(mark.group(7)));
        }
        if (mark.group(8) != null) {
            return new Matching("{" + content + "}", mark.group(8));
        }
        return switch (content) {
            case "sum" -> new Sum(Form.RIGHT);
            case "lower-case-sum" -> new Sum(Form.LOWER_CASE);
            case "bad" -> new Sum(Form.WRONG);
            case "any" -> new Matching("{any}", ".*");
            case "some" -> new Matching("{some}", ".+");
            case "money" -> new Matching("{money}", "-?[0-9]+\\.[0-9]{2}");
            case "time" -> new Each("{time}", eachOfATime());
            default -> throw unknown(content, place);
        };
    }

    private static ConversationException unknown(String content, Place place) {
        return place.expected(
                "one of {now} {utc} {blanks n} {repeat c n} {sum} {bad} {lower-case-sum} {any} {any n} {some} {digits n}"
                        + " {time} {money} {/…/}",
                "{" + content + "}");
    }

    private static List<String> eachOfATime() {
        List<String> expressions = new ArrayList<>(Collections.nCopies(8, "[0-9]"));
        expressions.addAll(Collections.nCopies(3, " "));
        expressions.add("[ A-Z]");
        expressions.addAll(Collections.nCopies(6, "[0-9]"));
        return expressions;
    }

    private static Duration offset(Matcher mark) {
        if (mark.group(2) == null) {
            return Duration.ZERO;
        }
        int amount = Integer.parseInt(mark.group(2));
        return switch (mark.group(3)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A backslash and what follows. */
    record Escape(Token token, int end) {
        static Escape at(String text, int at, Place place) {
            if (at + 1 == text.length()) {
                throw place.expected("r, n, 0, t, xHH or a sign after \\", "the end of the line");
            }
            char sign = text.charAt(at + 1);
            return switch (sign) {
                case 'r' -> new Escape(new Raw('\r'), at + 2);
                case 'n' -> new Escape(new Raw('\n'), at + 2);
                case 't' -> new Escape(new Raw('\t'), at + 2);
                case '0' -> new Escape(new Raw(0), at + 2);
                case 'x' -> hex(text, at, place);
                case '\\', '$', '{', '[', '.' -> new Escape(new Letter(sign), at + 2);
                default -> throw place.expected("r, n, 0, t, xHH or a sign after \\", "\\" + sign);
            };
        }

        private static Escape hex(String text, int at, Place place) {
            int end = Math.min(at + 4, text.length());
            String digits = text.substring(at + 2, end);
            if (!digits.matches("[0-9a-fA-F]{2}")) {
                throw place.expected("two hexadecimal digits after \\x", "\\x" + digits);
            }
            return new Escape(new Raw(Integer.parseInt(digits, 16)), end);
        }
    }
}

package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Element;
import fi.kimppa.device.printer.Receipt.Style;
import java.util.ArrayList;
import java.util.List;

/** Breaks a receipt into the lines of a paper of a given width. Pure. */
final class ReceiptLayout {
    private ReceiptLayout() {}

    /** What comes out of a printer, line by line. */
    sealed interface Line {
        /** Text, padded at the left; at most {@code columns} characters, half as many when doubled. */
        record Letters(String text, Style style) implements Line {}

        record Code(String content) implements Line {}

        record Cut() implements Line {}
    }

    static List<Line> lay(Receipt receipt, int columns) {
        List<Line> lines = new ArrayList<>();
        for (Element element : receipt.elements()) {
            switch (element) {
                case Element.Text(String text, Align align, Style style) ->
                    wrap(text, width(columns, style))
                            .forEach(line ->
                                    lines.add(new Line.Letters(aligned(line, align, width(columns, style)), style)));
                case Element.LeftRight(String left, String right, Style style) ->
                    twoEnds(left, right, width(columns, style))
                            .forEach(line -> lines.add(new Line.Letters(line, style)));
                case Element.Rule() -> lines.add(new Line.Letters("-".repeat(columns), Style.PLAIN));
                case Element.Qr(String content) -> lines.add(new Line.Code(content));
                case Element.Cut() -> lines.add(new Line.Cut());
            }
        }
        return lines;
    }

    private static int width(int columns, Style style) {
        return style.doubled() ? columns / 2 : columns;
    }

    private static List<String> twoEnds(String left, String right, int width) {
        List<String> lines = new ArrayList<>(wrap(left, width));
        List<String> ends = wrap(right, width);
        String last = lines.getLast();
        if (ends.size() == 1 && length(last) + 1 + length(right) <= width) {
            lines.set(lines.size() - 1, last + " ".repeat(width - length(last) - length(right)) + right);
        } else {
            ends.forEach(line -> lines.add(aligned(line, Align.RIGHT, width)));
        }
        return lines;
    }

    private static String aligned(String line, Align align, int width) {
        int room = width - length(line);
        return switch (align) {
            case LEFT -> line;
            case CENTRE -> " ".repeat(room / 2) + line;
            case RIGHT -> " ".repeat(room) + line;
        };
    }

    /** Breaks at blanks, and inside a word only when it is longer than a line. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R", -1)) {
            String rest = clean(paragraph);
            while (length(rest) > width) {
                int limit = rest.offsetByCodePoints(0, width);
                int blank = rest.lastIndexOf(' ', limit);
                boolean atBlank = blank > 0;
                lines.add((atBlank ? rest.substring(0, blank) : rest.substring(0, limit)).stripTrailing());
                rest = (atBlank ? rest.substring(blank) : rest.substring(limit)).stripLeading();
            }
            lines.add(rest.stripTrailing());
        }
        return lines;
    }

    /** A control character in a title must not become a command. */
    private static String clean(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC)
                .codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

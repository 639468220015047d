package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Cell;
import fi.kimppa.device.printer.Receipt.Element;
import fi.kimppa.device.printer.Receipt.Style;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Breaks a receipt into the lines of a paper of a given width. Pure. */
final class ReceiptLayout {
    /** A cell narrower than this is set below the others instead. */
    private static final int NARROWEST_CELL = 8;

    private ReceiptLayout() {}

    /** What comes out of a printer, line by line. */
    sealed interface Line {
        /** Text, padded at the left; at most {@code columns} cells, half as many when doubled. */
        record Letters(String text, Style style) implements Line {}

        record Qr(String content) implements Line {}

        record Bars(Symbology symbology, String content) implements Line {}

        record Picture(Dots dots) implements Line {}

        record Cut() implements Line {}
    }

    static List<Line> lay(Receipt receipt, int columns) {
        List<Line> lines = new ArrayList<>();
        for (Element element : receipt.elements()) {
            switch (element) {
                case Element.Text(String text, Align align, Style style) ->
                    letters(lines, style, aligned(wrap(text, width(columns, style)), align, width(columns, style)));
                case Element.LeftRight(String left, String right, Style style) ->
                    letters(lines, style, twoEnds(left, right, width(columns, style)));
                case Element.Columns(List<Cell> cells, Style style) ->
                    letters(lines, style, cells(cells, width(columns, style)));
                case Element.Rule() -> lines.add(new Line.Letters("-".repeat(columns), Style.PLAIN));
                case Element.Qr(String content) -> lines.add(new Line.Qr(content));
                case Element.BarCode(Symbology symbology, String content) -> {
                    if (CodePictures.module(symbology, content, columns * PaperCanvas.CELL_WIDTH) > 0) {
                        lines.add(new Line.Bars(symbology, content));
                    } else {
                        // A printer leaves out what is too wide for its paper.
                        String caption = symbology.caption(content);
                        letters(lines, Style.PLAIN, aligned(wrap(caption, columns), Align.CENTRE, columns));
                    }
                }
                case Element.Picture(Dots dots) -> lines.add(new Line.Picture(dots));
                case Element.Cut() -> lines.add(new Line.Cut());
            }
        }
        return lines;
    }

    private static void letters(List<Line> lines, Style style, List<String> texts) {
        texts.forEach(text -> lines.add(new Line.Letters(text, style)));
    }

    private static int width(int columns, Style style) {
        return style.doubled() ? columns / 2 : columns;
    }

    private static List<String> twoEnds(String left, String right, int width) {
        List<String> lines = new ArrayList<>(wrap(left, width));
        List<String> ends = wrap(right, width);
        String last = lines.getLast();
        if (ends.size() == 1 && Cells.of(last) + 1 + Cells.of(ends.getFirst()) <= width) {
            lines.set(
                    lines.size() - 1,
                    last + blanks(width - Cells.of(last) - Cells.of(ends.getFirst())) + ends.getFirst());
        } else {
            lines.addAll(aligned(ends, Align.RIGHT, width));
        }
        return lines;
    }

    /** Side by side with a blank between them; one below the other where the paper is too narrow for that. */
    private static List<String> cells(List<Cell> cells, int width) {
        int fixed = cells.stream().mapToInt(Cell::width).sum() + cells.size() - 1;
        int flexible = (int) cells.stream().filter(cell -> cell.width() == 0).count();
        int free = width - fixed;
        if (free < flexible * NARROWEST_CELL) {
            return cells.stream()
                    .filter(cell -> !cell.text().isBlank())
                    .flatMap(cell -> aligned(wrap(cell.text(), width), cell.align(), width).stream())
                    .toList();
        }
        List<Integer> widths = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        for (Cell cell : cells) {
            int own = cell.width();
            if (own == 0) {
                own = free / flexible;
                free -= own;
                flexible--;
            }
            widths.add(own);
            texts.add(aligned(wrap(cell.text(), own), cell.align(), own));
        }
        return beside(texts, widths);
    }

    private static List<String> beside(List<List<String>> texts, List<Integer> widths) {
        int height = texts.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            var line = new StringBuilder();
            for (int cell = 0; cell < texts.size(); cell++) {
                String text = row < texts.get(cell).size() ? texts.get(cell).get(row) : "";
                line.append(cell == 0 ? "" : " ").append(text).append(blanks(widths.get(cell) - Cells.of(text)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> aligned(List<String> lines, Align align, int width) {
        return lines.stream()
                .map(line -> {
                    int room = width - Cells.of(line);
                    return switch (align) {
                        case LEFT -> line;
                        case CENTRE -> blanks(room / 2) + line;
                        case RIGHT -> blanks(room) + line;
                    };
                })
                .toList();
    }

    private static String blanks(int count) {
        return " ".repeat(Math.max(0, count));
    }

    /** Breaks at blanks, and inside a word only when it is longer than a line. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R", -1)) {
            String rest = clean(paragraph);
            while (Cells.of(rest) > width) {
                int limit = Cells.end(rest, width);
                int blank = rest.lastIndexOf(' ', limit);
                boolean atBlank = blank > 0;
                lines.add((atBlank ? rest.substring(0, blank) : rest.substring(0, limit)).stripTrailing());
                rest = (atBlank ? rest.substring(blank) : rest.substring(limit)).stripLeading();
            }
            lines.add(rest.stripTrailing());
        }
        return lines;
    }

    /** A control character in a title must not become a command, and marks that show nothing must not take a place. */
    private static String clean(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package fi.kimppa.device.printer;

import java.util.ArrayList;
import java.util.List;

/**
 * A receipt or slip as a document, before any printer is known. Immutable; made with {@link #builder()}.
 *
 * @param elements from top to bottom
 */
public record Receipt(List<Element> elements) {
    public Receipt {
        elements = List.copyOf(elements);
    }

    /** One piece of a receipt. */
    public sealed interface Element {
        /** A paragraph, wrapped at the width of the paper, at words where possible. An empty text is an empty line. */
        record Text(String text, Align align, Style style) implements Element {}

        /** Two texts on one line, at the left and at the right edge. The left one wraps above when both do not fit. */
        record LeftRight(String left, String right, Style style) implements Element {}

        /** Cells beside each other, one blank apart; one below the other on paper that is too narrow. At least one cell. */
        record Columns(List<Cell> cells, Style style) implements Element {
            public Columns {
                cells = List.copyOf(cells);
                if (cells.isEmpty()) {
                    throw new IllegalArgumentException("Expected at least one cell");
                }
            }
        }

        /** A rule across the paper. */
        record Rule() implements Element {}

        /** A QR code, centred, with error correction M. */
        record Qr(String content) implements Element {}

        /**
         * A bar code, centred, with its content in letters below; the letters alone on paper that is too narrow for it. Its making throws
         * {@link IllegalArgumentException} when the symbology does not {@linkplain Symbology#accepts accept} the content.
         */
        record BarCode(Symbology symbology, String content) implements Element {
            public BarCode {
                if (!symbology.accepts(content)) {
                    throw new IllegalArgumentException(
                            symbology + " cannot show a content of " + content.length() + " letters like this one");
                }
            }
        }

        /** A picture, centred, made smaller where it is wider than the paper. */
        record Picture(Dots dots) implements Element {}

        /** Feeds and cuts. A receipt without a cut at its end gets one when it is printed. */
        record Cut() implements Element {}
    }

    /**
     * One of several texts beside each other.
     *
     * @param width letters of its style that it may take; 0 for its share of what the others leave
     */
    public record Cell(String text, int width, Align align) {
        public Cell {
            if (width < 0) {
                throw new IllegalArgumentException("Expected a width of 0 or more, found " + width);
            }
        }
    }

    /** Where a text stands on its line. */
    public enum Align {
        /** At the left edge. */
        LEFT,
        /** In the middle. */
        CENTRE,
        /** At the right edge. */
        RIGHT
    }

    /**
     * How letters look.
     *
     * @param doubled twice as wide and twice as high
     */
    public record Style(boolean bold, boolean doubled) {
        public static final Style PLAIN = new Style(false, false);
        public static final Style BOLD = new Style(true, false);
        public static final Style DOUBLE = new Style(false, true);
    }

    /** Begins an empty receipt. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same without its pictures, for where there are letters alone. */
    public Receipt withoutPictures() {
        return new Receipt(elements.stream()
                .filter(element -> !(element instanceof Element.Picture))
                .toList());
    }

    /** The receipt as plain text, lines of at most {@code columns} characters (32, 42 and 48 are usual), each ending in a line feed. */
    public String toText(int columns) {
        var text = new StringBuilder();
        for (ReceiptLayout.Line line : ReceiptLayout.lay(this, columns)) {
            switch (line) {
                case ReceiptLayout.Line.Letters(String letters, Style _) ->
                    text.append(letters).append('\n');
                case ReceiptLayout.Line.Qr(String content) ->
                    text.append("[QR ").append(content).append("]\n");
                case ReceiptLayout.Line.Bars(Symbology symbology, String content) ->
                    text.append("[")
                            .append(symbology)
                            .append(' ')
                            .append(content)
                            .append("]\n");
                case ReceiptLayout.Line.Picture(Dots _) -> text.append("[picture]\n");
                case ReceiptLayout.Line.Cut() -> {
                    // A cut leaves no letters.
                }
            }
        }
        return text.toString();
    }

    /** Collects the elements of a receipt. For one thread. */
    public static final class Builder {
        private final List<Element> elements = new ArrayList<>();

        private Builder() {}

        /** A plain paragraph at the left. */
        public Builder text(String text) {
            return text(text, Align.LEFT, Style.PLAIN);
        }

        /** A paragraph. */
        public Builder text(String text, Align align, Style style) {
            elements.add(new Element.Text(text, align, style));
            return this;
        }

        /** A plain line with two ends. */
        public Builder leftRight(String left, String right) {
            return leftRight(left, right, Style.PLAIN);
        }

        /** A line with two ends. */
        public Builder leftRight(String left, String right, Style style) {
            elements.add(new Element.LeftRight(left, right, style));
            return this;
        }

        /** A plain row of cells. */
        public Builder columns(Cell... cells) {
            return columns(Style.PLAIN, cells);
        }

        /** A row of cells. */
        public Builder columns(Style style, Cell... cells) {
            elements.add(new Element.Columns(List.of(cells), style));
            return this;
        }

        /** An empty line. */
        public Builder blank() {
            return text("");
        }

        /** A rule across the paper. */
        public Builder rule() {
            elements.add(new Element.Rule());
            return this;
        }

        /** A QR code. */
        public Builder qr(String content) {
            elements.add(new Element.Qr(content));
            return this;
        }

        /**
         * A bar code.
         *
         * @throws IllegalArgumentException when the symbology cannot show this content
         */
        public Builder barCode(Symbology symbology, String content) {
            elements.add(new Element.BarCode(symbology, content));
            return this;
        }

        /** A picture. */
        public Builder picture(Dots dots) {
            elements.add(new Element.Picture(dots));
            return this;
        }

        /** Feeds and cuts. */
        public Builder cut() {
            elements.add(new Element.Cut());
            return this;
        }

        /** The receipt as collected so far. */
        public Receipt build() {
            return new Receipt(elements);
        }
    }
}

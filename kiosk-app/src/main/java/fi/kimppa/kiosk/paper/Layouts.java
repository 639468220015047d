package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How each kind of paper is laid out. The product's own layouts are a file of the same form as a consortium's. Immutable; any
 * thread.
 */
public final class Layouts {
    private static final int TITLE_LINES = 2;

    private static final String OWN = own();

    /** The product's own. */
    public static final Layouts BUILT_IN = new Layouts(LayoutReader.read("receipts.layout", OWN));

    private final Map<PaperKind, List<Part>> layouts;

    private Layouts(Map<PaperKind, List<Part>> layouts) {
        this.layouts = layouts;
    }

    private static String own() {
        try (InputStream file = Layouts.class.getResourceAsStream("receipts.layout")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The layouts of receipts cannot be read", e);
        }
    }

    /** The product's own file, for changing it. */
    public static String builtInFile() {
        return OWN;
    }

    /**
     * The layouts of a file; kinds that it does not name are laid out as the product does.
     *
     * @throws LayoutException with every fault of the file
     */
    public static Layouts read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new LayoutException(List.of(file + ": cannot be read: " + e.getMessage()));
        }
    }

    /**
     * The layouts of a file's text.
     *
     * @param name what faults call the file
     * @throws LayoutException with every fault of the file
     */
    public static Layouts parse(String name, String text) {
        Map<PaperKind, List<Part>> all = new EnumMap<>(BUILT_IN.layouts);
        all.putAll(LayoutReader.read(name, text));
        return new Layouts(all);
    }

    /**
     * Lays out what a printout has to say.
     *
     * @param columns letters per line of the paper
     * @param logo the library's, if it has one
     */
    Receipt lay(PaperKind kind, Sheet sheet, Texts texts, int columns, Optional<Path> logo) {
        Receipt.Builder paper = Receipt.builder();
        new Laying(texts, columns, logo, paper).all(layouts.getOrDefault(kind, List.of()), sheet);
        return paper.build();
    }

    /** One paper in the making. */
    private record Laying(Texts texts, int columns, Optional<Path> logo, Receipt.Builder paper) {
        void all(List<Part> parts, Sheet sheet) {
            parts.forEach(part -> one(part, sheet));
        }

        private void one(Part part, Sheet sheet) {
            switch (part) {
                case Part.Line line -> {
                    String text = line.written().on(sheet, texts);
                    if (!text.isBlank()) {
                        paper.text(text, line.align(), line.style());
                    }
                }
                case Part.Both both -> {
                    String left = both.left().on(sheet, texts);
                    String right = both.right().on(sheet, texts);
                    if (!left.isBlank() || !right.isBlank()) {
                        paper.leftRight(left, right, both.style());
                    }
                }
                case Part.Title title -> {
                    String text = title.written().on(sheet, texts);
                    // Two columns stay free at the right, so that a title never looks joined to what stands below it.
                    int width = (title.style().doubled() ? columns / 2 : columns) - 2;
                    if (!text.isBlank()) {
                        titleLines(text, width).forEach(line -> paper.text(line, Receipt.Align.LEFT, title.style()));
                    }
                }
                case Part.Qr qr -> {
                    String content = qr.written().on(sheet, texts);
                    if (!content.isBlank()) {
                        paper.qr(content);
                    }
                }
                case Part.Logo() -> logo.flatMap(LogoDots::of).ifPresent(paper::picture);
                case Part.Rule() -> paper.rule();
                case Part.Blank() -> paper.blank();
                case Part.Cut() -> paper.cut();
                case Part.Each each -> sheet.list(each.list()).forEach(entry -> all(each.parts(), sheet.with(entry)));
                case Part.If when -> {
                    if (sheet.has(when.name()) == when.filled()) {
                        all(when.parts(), sheet);
                    }
                }
            }
        }
    }

    /** At most two lines, broken at words where possible; what does not fit ends in three dots. */
    static List<String> titleLines(String title, int width) {
        List<String> lines = new ArrayList<>();
        String rest = title.strip();
        while (rest.length() > width && lines.size() < TITLE_LINES - 1) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        lines.add(rest.length() > width ? rest.substring(0, width - 3).strip() + "..." : rest);
        return lines;
    }
}

package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a layout file and finds every fault in it before anything is printed. The form is in docs/how-to/change-receipts.md.
 * For one file and one thread.
 */
final class LayoutReader {
    private static final Pattern KIND = Pattern.compile("\\[([a-z-]+)]");
    private static final Pattern WRITTEN =
            Pattern.compile("(left|centre|right|both|title|qr)((?: (?:bold|large))*):\\s*(.*)");
    private static final Pattern EACH = Pattern.compile("each ([a-z]+)");
    private static final Pattern IF = Pattern.compile("if (not )?([a-z]+)");
    private static final String LINES =
            "left, centre, right, both, title, qr (each with a colon), logo, rule, blank, cut,"
                    + " each LIST, if FIELD, if not FIELD, end";

    private final String name;
    private final List<String> faults = new ArrayList<>();
    private final Map<PaperKind, List<Part>> layouts = new EnumMap<>(PaperKind.class);
    private final Deque<Block> open = new ArrayDeque<>();
    private int line;
    /** Whether lines are passed over because it is not known what they are about. */
    private boolean skipping;

    private LayoutReader(String name) {
        this.name = name;
    }

    /**
     * A kind's layout, or what stands between {@code each} or {@code if} and its {@code end}.
     *
     * @param list the list of {@code each}; empty elsewhere
     */
    private record Block(
            String opening,
            int line,
            PaperKind kind,
            Optional<String> list,
            Function<List<Part>, Part> close,
            List<Part> parts) {}

    /**
     * The layouts of a file; kinds that it does not name are not among them.
     *
     * @param name what faults call the file
     * @throws LayoutException with every fault
     */
    static Map<PaperKind, List<Part>> read(String name, String text) {
        var reader = new LayoutReader(name);
        text.lines().forEach(reader::line);
        reader.endOfKind();
        if (reader.layouts.isEmpty() && reader.faults.isEmpty()) {
            reader.line = 1;
            reader.fault("a layout begins with its kind, such as [" + PaperKind.LOAN_RECEIPT.word() + "]");
        }
        if (!reader.faults.isEmpty()) {
            throw new LayoutException(reader.faults);
        }
        return reader.layouts;
    }

    private void fault(String what) {
        fault(line, what);
    }

    private void fault(int where, String what) {
        faults.add(name + ", line " + where + ": " + what);
    }

    private void line(String raw) {
        line++;
        String text = raw.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        Matcher kind = KIND.matcher(text);
        if (kind.matches()) {
            endOfKind();
            beginKind(kind.group(1));
        } else if (open.isEmpty()) {
            if (!skipping) {
                fault("stands before any kind; write one of " + kinds() + " above it");
                skipping = true;
            }
        } else {
            part(text);
        }
    }

    private static String kinds() {
        return Arrays.stream(PaperKind.values())
                .map(kind -> "[" + kind.word() + "]")
                .collect(Collectors.joining(", "));
    }

    private void beginKind(String word) {
        Optional<PaperKind> kind = PaperKind.of(word);
        skipping = kind.isEmpty();
        if (skipping) {
            fault("[" + word + "]: no such kind; write one of " + kinds());
            return;
        }
        if (layouts.containsKey(kind.get())) {
            fault("[" + word + "]: stands here for the second time; take one out");
        }
        open.push(new Block(
                "[" + word + "]", line, kind.get(), Optional.empty(), _ -> new Part.Blank(), new ArrayList<>()));
    }

    private void endOfKind() {
        while (open.size() > 1) {
            Block block = open.element();
            fault(block.line(), block.opening() + ": has no end; write \"end\" below its last line");
            close();
        }
        if (!open.isEmpty()) {
            Block whole = open.pop();
            for (String required : whole.kind().required()) {
                if (!Mentions.of(whole.parts()).contains(required)) {
                    fault(whole.line(), whole.opening() + ": lacks " + wanted(required));
                }
            }
            layouts.put(whole.kind(), List.copyOf(whole.parts()));
        }
    }

    private static String wanted(String required) {
        int blank = required.indexOf(' ');
        String field = required.substring(blank + 1);
        String what = PaperKind.isFlag(field) ? "\"if " + field + "\"" : "{" + field + "}";
        return what + (blank < 0 ? "" : " inside \"each " + required.substring(0, blank) + "\"")
                + ", without which it says too little";
    }

    private void part(String text) {
        Block block = open.element();
        Matcher written = WRITTEN.matcher(text);
        Matcher each = EACH.matcher(text);
        Matcher when = IF.matcher(text);
        if (written.matches()) {
            block.parts().add(written(written));
        } else if (each.matches()) {
            each(text, block, each.group(1));
        } else if (when.matches()) {
            String asked = when.group(2);
            boolean filled = when.group(1) == null;
            asked(asked);
            open.push(new Block(
                    text,
                    line,
                    block.kind(),
                    block.list(),
                    parts -> new Part.If(asked, filled, parts),
                    new ArrayList<>()));
        } else {
            switch (text) {
                case "logo" -> block.parts().add(new Part.Logo());
                case "rule" -> block.parts().add(new Part.Rule());
                case "blank" -> block.parts().add(new Part.Blank());
                case "cut" -> block.parts().add(new Part.Cut());
                case "end" -> end();
                default -> fault("\"" + text + "\": not understood; a line is one of " + LINES);
            }
        }
    }

    private void each(String text, Block block, String list) {
        if (!block.kind().lists().containsKey(list)) {
            fault("each " + list + ": there is no such list; "
                    + (block.kind().lists().isEmpty()
                            ? block.kind().word() + " has none"
                            : "write one of " + sorted(block.kind().lists().keySet())));
        } else if (block.list().isPresent()) {
            fault("each " + list + ": stands inside another \"each\"; end that one first");
        }
        open.push(new Block(
                text, line, block.kind(), Optional.of(list), parts -> new Part.Each(list, parts), new ArrayList<>()));
    }

    private void end() {
        if (open.size() == 1) {
            fault("end: there is nothing to end; take it out");
            return;
        }
        close();
    }

    private void close() {
        Block block = open.pop();
        open.element().parts().add(block.close().apply(List.copyOf(block.parts())));
    }

    private Part written(Matcher found) {
        String text = found.group(3);
        Style style = new Style(found.group(2).contains("bold"), found.group(2).contains("large"));
        return switch (found.group(1)) {
            case "both" -> both(style, text);
            case "title" -> new Part.Title(style, words(text));
            case "qr" -> new Part.Qr(words(text));
            case "centre" -> new Part.Line(Align.CENTRE, style, words(text));
            case "right" -> new Part.Line(Align.RIGHT, style, words(text));
            default -> new Part.Line(Align.LEFT, style, words(text));
        };
    }

    private Part both(Style style, String text) {
        String[] ends = text.split(" \\| ", -1);
        if (ends.length != 2) {
            fault("both: expected a left and a right part with \" | \" between them");
        }
        return new Part.Both(style, words(ends[0]), words(ends[ends.length - 1]));
    }

    private Written words(String text) {
        List<Written.Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int brace = text.indexOf('{', at);
            int close = brace < 0 ? -1 : text.indexOf('}', brace);
            if (brace >= 0 && close < 0) {
                fault(text.substring(brace) + ": the } is missing");
            }
            int end = close < 0 ? text.length() : brace;
            if (end > at) {
                pieces.add(new Written.Piece.Letters(text.substring(at, end)));
            }
            if (close < 0) {
                break;
            }
            pieces.add(piece(text.substring(brace + 1, close).strip()));
            at = close + 1;
        }
        if (pieces.isEmpty()) {
            fault("there is nothing to print; write \"blank\" for an empty line");
        }
        return new Written(pieces);
    }

    private Written.Piece piece(String inside) {
        String[] words = inside.split(" +", -1);
        return switch (words[0]) {
            case "text" -> {
                String key = words.length == 2 ? words[1] : "";
                if (key.isEmpty()) {
                    fault("{" + inside + "}: write the key of one sentence, such as {text paper.phone}");
                } else {
                    sentence(inside, key);
                }
                yield new Written.Piece.Sentence(key);
            }
            case "count" -> {
                boolean whole = words.length == 3;
                if (!whole) {
                    fault("{" + inside + "}: write a key and what is counted, such as {count paper.pieces loans}");
                } else {
                    counted(inside, words[1], words[2]);
                }
                yield new Written.Piece.Counted(whole ? words[1] : "", whole ? words[2] : "");
            }
            default -> {
                field("{" + inside + "}", inside);
                yield new Written.Piece.Field(inside);
            }
        };
    }

    private void sentence(String inside, String key) {
        if (!Sentences.has(key)) {
            fault("{" + inside + "}: there is no sentence " + key
                    + "; its keys are in the bundles, messages_fi.properties");
            return;
        }
        Sentences.parameters(key)
                .forEach(parameter -> field("{" + inside + "}: its parameter {" + parameter + "}", parameter));
    }

    private void counted(String inside, String key, String field) {
        Block block = open.element();
        if (!Sentences.has(key + ".other")) {
            fault("{" + inside + "}: there is no counted sentence " + key + ", such as paper.pieces");
        }
        if (!block.kind().isNumber(field) || !known(block).contains(field)) {
            fault("{" + inside + "}: " + field + " is no number here; write one of "
                    + sorted(
                            known(block).stream().filter(block.kind()::isNumber).collect(Collectors.toSet())));
        }
    }

    /** A field that is printed. */
    private void field(String where, String field) {
        if (PaperKind.isFlag(field)) {
            fault(where + ": can be asked for only: \"if " + field + "\"");
        } else {
            known(where, field);
        }
    }

    /** A field that is asked for. */
    private void asked(String field) {
        known("if " + field, field);
    }

    private void known(String where, String field) {
        Block block = open.element();
        if (known(block).contains(field)) {
            return;
        }
        fault(where + ": "
                + block.kind()
                        .forbidden(field)
                        .orElseGet(() -> "there is no such field here; write one of " + sorted(known(block))));
    }

    private static Set<String> known(Block block) {
        Set<String> known = new HashSet<>(PaperKind.common());
        known.addAll(block.kind().fields());
        known.addAll(block.kind().lists().keySet());
        block.list().ifPresent(list -> known.addAll(block.kind().lists().getOrDefault(list, Set.of())));
        return known;
    }

    private static String sorted(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }
}

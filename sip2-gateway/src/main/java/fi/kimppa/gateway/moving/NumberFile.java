package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.cutover.NumberMaps.Pair;
import fi.kimppa.gateway.moving.Collision.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A file of numbers: a head line {@code kind,old,new}, then lines such as {@code CARD,2000012345,29000000000012}, separated by commas,
 * semicolons or tabs. What collides within it, with the lines that are there already and with the number rules is found without asking
 * anybody.
 *
 * @param lines those that nothing speaks against so far
 * @param collisions those that are not taken
 */
record NumberFile(List<Line> lines, List<Collision> collisions) {
    private static final Pattern SEPARATOR = Pattern.compile("[,;\t]");
    private static final Pattern HEAD = Pattern.compile("(?i)\"?kind\"?[,;\t].*");
    private static final Pattern NUMBER = Pattern.compile("[^\\s,;|]{1,64}");

    /** A line that can be read. */
    record Line(int number, Pair pair) {
        Collision collision(Reason reason) {
            return new Collision(number, pair.numbers().name(), pair.before(), pair.after(), reason);
        }
    }

    /** A number of one kind. */
    private record Key(Numbers numbers, String number) {}

    /**
     * Reads a file. Lines whose numbers are the same, or that are there already, are neither taken nor a collision.
     *
     * @param known the lines that are there already
     * @param owner by the number rules, code of the municipality of a number
     * @param municipality code of the one that changes its library system
     */
    static NumberFile read(
            String text, List<Pair> known, BiFunction<Numbers, String, Optional<String>> owner, String municipality) {
        List<Collision> collisions = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<String> written = text.lines().toList();
        for (int at = 0; at < written.size(); at++) {
            String line = written.get(at);
            if (!line.isBlank()
                    && !(at == 0 && HEAD.matcher(line.replace("\uFEFF", "")).matches())) {
                line(at + 1, line).ifPresentOrElse(lines::add, formOf(at + 1, line, collisions));
            }
        }
        Set<Pair> there = new HashSet<>(known);
        lines.removeIf(line -> line.pair.before().equals(line.pair.after()) || there.contains(line.pair));
        Counted counted = Counted.of(known, lines);
        List<Line> clean = new ArrayList<>();
        for (Line line : lines) {
            counted.reason(line.pair)
                    .or(() -> owner.apply(line.pair.numbers(), line.pair.before())
                            .filter(whose -> !whose.equals(municipality))
                            .map(_ -> Reason.OLD_OF_ANOTHER))
                    .ifPresentOrElse(reason -> collisions.add(line.collision(reason)), () -> clean.add(line));
        }
        return new NumberFile(List.copyOf(clean), List.copyOf(collisions));
    }

    private static Runnable formOf(int number, String line, List<Collision> collisions) {
        String shown = line.substring(0, Math.min(64, line.length()));
        return () -> collisions.add(new Collision(number, "", shown, "", Reason.FORM));
    }

    private static Optional<Line> line(int number, String text) {
        String[] cells = SEPARATOR.split(text, -1);
        if (cells.length < 3) {
            return Optional.empty();
        }
        String before = cell(cells[1]);
        String after = cell(cells[2]);
        return NUMBER.matcher(before).matches() && NUMBER.matcher(after).matches()
                ? kind(cell(cells[0])).map(numbers -> new Line(number, new Pair(numbers, before, after)))
                : Optional.empty();
    }

    private static Optional<Numbers> kind(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "CARD" -> Optional.of(Numbers.CARD);
            case "ITEM" -> Optional.of(Numbers.ITEM);
            default -> Optional.empty();
        };
    }

    /** Without the quotes that spreadsheets put around. */
    private static String cell(String text) {
        String bare = text.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }

    /** How often each number stands where, in the lines that are there and those of the file. */
    private record Counted(Map<Key, Integer> before, Map<Key, Integer> after) {
        static Counted of(List<Pair> known, List<Line> lines) {
            Counted counted = new Counted(new HashMap<>(), new HashMap<>());
            known.forEach(counted::add);
            lines.forEach(line -> counted.add(line.pair));
            return counted;
        }

        private void add(Pair pair) {
            before.merge(new Key(pair.numbers(), pair.before()), 1, Integer::sum);
            after.merge(new Key(pair.numbers(), pair.after()), 1, Integer::sum);
        }

        Optional<Reason> reason(Pair pair) {
            Key old = new Key(pair.numbers(), pair.before());
            Key fresh = new Key(pair.numbers(), pair.after());
            if (before.getOrDefault(old, 0) > 1) {
                return Optional.of(Reason.OLD_TWICE);
            }
            if (after.getOrDefault(fresh, 0) > 1) {
                return Optional.of(Reason.NEW_TWICE);
            }
            return before.containsKey(fresh) || after.containsKey(old) ? Optional.of(Reason.CHAINED) : Optional.empty();
        }
    }
}

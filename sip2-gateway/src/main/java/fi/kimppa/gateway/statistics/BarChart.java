package fi.kimppa.gateway.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Bars as places on paper, from which the page draws an SVG. Units are those of the drawing, about a CSS pixel at its natural
 * size. Pure.
 *
 * @param bars each with the number of its series, from 0
 * @param lines of the scale
 * @param labels under the groups, or before the rows
 */
record BarChart(int width, int height, List<Bar> bars, List<Line> lines, List<Label> labels) {
    private static final int LINES = 4;

    // ---- groups that stand
    private static final int LEFT = 64;
    private static final int TOP = 12;
    private static final int TALL = 200;
    private static final int FOOT = 32;
    private static final int LEAST_WIDTH = 640;
    private static final int LEAST_GROUP = 64;
    private static final double FILLED = 0.75;

    // ---- rows that lie
    private static final int NAMES = 270;
    private static final int LONGEST = 320;
    private static final int FIGURE = 80;
    private static final int ROW = 26;
    private static final int THICK = 16;

    /** A bar; its text is what it stands for, said to whoever points at it. */
    record Bar(int series, double x, double y, double width, double height, String text) {}

    /** A line of the scale at this height. */
    record Line(double y, String text) {}

    /** A text that begins or, in the middle of a group, is centred there. */
    record Label(double x, double y, String text) {}

    BarChart {
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
        labels = List.copyOf(labels);
    }

    /**
     * One group of bars for each label, beside each other.
     *
     * @param series names
     * @param values for each label, one for each series, not negative
     * @param figure how a value is written
     */
    static BarChart groups(
            List<String> labels, List<String> series, List<List<Long>> values, LongFunction<String> figure) {
        int width = Math.max(LEAST_WIDTH, LEFT + labels.size() * LEAST_GROUP);
        double group = (double) (width - LEFT) / Math.max(1, labels.size());
        double bar = group * FILLED / series.size();
        long step = step(values.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0));
        double scale = (double) TALL / (step * LINES);
        List<Bar> bars = new ArrayList<>();
        List<Label> under = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            double begin = LEFT + i * group + group * (1 - FILLED) / 2;
            for (int k = 0; k < series.size(); k++) {
                long value = values.get(i).get(k);
                double height = value * scale;
                String text = labels.get(i) + ", " + series.get(k) + ": " + figure.apply(value);
                bars.add(new Bar(k, begin + k * bar, TOP + TALL - height, bar * 0.9, height, text));
            }
            under.add(new Label(LEFT + (i + 0.5) * group, TOP + TALL + 20, labels.get(i)));
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i <= LINES; i++) {
            lines.add(new Line(TOP + TALL - i * step * scale, figure.apply(i * step)));
        }
        return new BarChart(width, TOP + TALL + FOOT, bars, lines, under);
    }

    /**
     * One bar below the other, each with its name before it and its figure behind.
     *
     * @param values one for each label, not negative
     * @param figure how a value is written
     */
    static BarChart rows(List<String> labels, List<Long> values, LongFunction<String> figure) {
        long most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(0));
        List<Bar> bars = new ArrayList<>();
        List<Label> texts = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            double length = Math.max(1, (double) LONGEST * values.get(i) / most);
            double y = TOP + (double) i * ROW;
            String value = figure.apply(values.get(i));
            bars.add(new Bar(0, NAMES, y, length, THICK, labels.get(i) + ": " + value));
            texts.add(new Label(0, y + THICK - 3, labels.get(i)));
            texts.add(new Label(NAMES + length + 8, y + THICK - 3, value));
        }
        return new BarChart(NAMES + LONGEST + FIGURE, TOP + labels.size() * ROW, bars, List.of(), texts);
    }

    /** The smallest of 1, 2 and 5 with noughts behind, so that four of them reach this value. */
    static long step(long most) {
        long power = 1;
        while (true) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (step * LINES >= most) {
                    return step;
                }
            }
            power *= 10;
        }
    }
}

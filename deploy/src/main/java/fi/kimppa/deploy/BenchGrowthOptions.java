package fi.kimppa.deploy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line of {@code deploy/bench growth} asks for.
 *
 * @param rounds how often everything is measured, in turn; the medians count
 * @param seconds how long one measurement counts
 * @param large how much the large store holds
 * @param keep whether the databases are left where they are
 */
record BenchGrowthOptions(int rounds, int seconds, BenchSize large, boolean keep) {
    private static final BenchGrowthOptions USUAL =
            new BenchGrowthOptions(3, 8, new BenchSize(2_000_000, 10_000_000), false);

    private static final Pattern VALUED = Pattern.compile("--(rounds|seconds|items|rows)=([1-9]\\d{0,8})");
    private static final int MOST_ROUNDS = 20;
    private static final int MOST_SECONDS = 30;

    /**
     * Reads the arguments over what is usual.
     *
     * @throws StartException for an argument that is not understood, or that asks for too little or too much
     */
    static BenchGrowthOptions of(String[] args) {
        BenchGrowthOptions options = USUAL;
        for (String arg : args) {
            Matcher valued = VALUED.matcher(arg);
            if (valued.matches()) {
                options = options.with(valued.group(1), Integer.parseInt(valued.group(2)));
            } else if (arg.equals("--keep")) {
                options = new BenchGrowthOptions(options.rounds, options.seconds, options.large, true);
            } else if (!arg.equals("growth")) {
                throw new StartException("\"" + arg + "\" is not understood; see deploy/bench --help.");
            }
        }
        return options;
    }

    private BenchGrowthOptions with(String name, int value) {
        return switch (name) {
            case "rounds" -> new BenchGrowthOptions(within(name, value, 1, MOST_ROUNDS), seconds, large, keep);
            case "seconds" -> new BenchGrowthOptions(rounds, within(name, value, 2, MOST_SECONDS), large, keep);
            case "items" ->
                new BenchGrowthOptions(
                        rounds,
                        seconds,
                        new BenchSize(within(name, value, BenchSize.SMALL.items(), BenchSize.MOST_ITEMS), large.rows()),
                        keep);
            default ->
                new BenchGrowthOptions(
                        rounds,
                        seconds,
                        new BenchSize(large.items(), within(name, value, BenchSize.SMALL.rows(), BenchSize.MOST_ROWS)),
                        keep);
        };
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new StartException(
                    String.format(Locale.ROOT, "--%s=%d: it can be from %,d to %,d.", name, value, least, most));
        }
        return value;
    }
}

package fi.kimppa.deploy;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What the command line of {@code deploy/chaos} asks for.
 *
 * @param seconds how long things go wrong; after that everything is mended and the books are compared
 * @param seed what goes wrong and when follows from it, as far as the machine allows
 * @param terminals how many machines are at work
 * @param strict whether a goal that is missed is wrong too
 * @param brief whether what comes alone is shorter: no second gateway of the same kind, and a database that is away for as long as its goal
 *     needs and not much longer
 */
record ChaosOptions(int seconds, long seed, int terminals, boolean strict, boolean brief) {
    /**
     * Reads the arguments.
     *
     * @throws StartException for an argument that is not understood
     */
    static ChaosOptions of(String[] args) {
        ChaosOptions options = new ChaosOptions(60, ThreadLocalRandom.current().nextLong(1_000_000), 200, false, false);
        for (String arg : args) {
            options = options.with(arg);
        }
        return options;
    }

    private ChaosOptions with(String arg) {
        if (arg.matches("--seconds=[1-9]\\d{0,4}")) {
            return new ChaosOptions(number(arg), seed, terminals, strict, brief);
        }
        if (arg.matches("--seed=\\d{1,9}")) {
            return new ChaosOptions(seconds, number(arg), terminals, strict, brief);
        }
        if (arg.matches("--terminals=[1-9]\\d{0,2}")) {
            return new ChaosOptions(seconds, seed, number(arg), strict, brief);
        }
        if (arg.equals("--strict")) {
            return new ChaosOptions(seconds, seed, terminals, true, brief);
        }
        if (arg.equals("--brief")) {
            return new ChaosOptions(seconds, seed, terminals, strict, true);
        }
        throw new StartException("\"" + arg + "\" is not understood; see deploy/chaos --help.");
    }

    private static int number(String arg) {
        return Integer.parseInt(arg.substring(arg.indexOf('=') + 1));
    }
}

package fi.kimppa.deploy;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What the command line of {@code deploy/chaos} asks for.
 *
 * @param seconds how long things go wrong; after that everything is mended and the books are compared
 * @param seed what goes wrong and when follows from it, as far as the machine allows
 * @param terminals how many machines are at work
 */
record ChaosOptions(int seconds, long seed, int terminals) {
    /**
     * Reads the arguments.
     *
     * @throws StartException for an argument that is not understood
     */
    static ChaosOptions of(String[] args) {
        ChaosOptions options = new ChaosOptions(60, ThreadLocalRandom.current().nextLong(1_000_000), 200);
        for (String arg : args) {
            if (arg.matches("--seconds=[1-9]\\d{0,4}")) {
                options = new ChaosOptions(number(arg), options.seed, options.terminals);
            } else if (arg.matches("--seed=\\d{1,9}")) {
                options = new ChaosOptions(options.seconds, number(arg), options.terminals);
            } else if (arg.matches("--terminals=[1-9]\\d{0,2}")) {
                options = new ChaosOptions(options.seconds, options.seed, number(arg));
            } else {
                throw new StartException("\"" + arg + "\" is not understood; see deploy/chaos --help.");
            }
        }
        return options;
    }

    private static int number(String arg) {
        return Integer.parseInt(arg.substring(arg.indexOf('=') + 1));
    }
}

package fi.kimppa.deploy;

/**
 * What the command line of {@code deploy/bench} asks for.
 *
 * @param rounds how often everything is measured, in turn; the medians count
 * @param seconds how long one measurement counts
 * @param profile whether the busiest measurements are recorded by Flight Recorder afterwards
 */
record BenchOptions(int rounds, int seconds, boolean profile) {
    /**
     * Reads the arguments over these.
     *
     * @param bench the name of what is measured, which is an argument too
     * @throws StartException for an argument that is not understood
     */
    BenchOptions with(String bench, String[] args) {
        BenchOptions options = this;
        for (String arg : args) {
            if (arg.matches("--rounds=[1-9]\\d?")) {
                options = new BenchOptions(
                        Integer.parseInt(arg.substring("--rounds=".length())), options.seconds, options.profile);
            } else if (arg.matches("--seconds=[1-9]\\d?")) {
                options = new BenchOptions(
                        options.rounds, Integer.parseInt(arg.substring("--seconds=".length())), options.profile);
            } else if (arg.equals("--profile") && !bench.equals("devices") && !bench.equals("kiosk")) {
                options = new BenchOptions(options.rounds, options.seconds, true);
            } else if (!arg.equals(bench)) {
                throw new StartException("\"" + arg + "\" is not understood; see deploy/bench --help.");
            }
        }
        return options;
    }
}

package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosFault.GatewayKilled;
import fi.kimppa.deploy.ChaosFault.GatewayUpdated;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Machines at work while the three gateways behind them are updated, one after the other, from an earlier version to today's. In between,
 * one that is still the earlier is killed: it must start on the newer schema too. At the end what patrons were told is compared with
 * what the library systems have. Exit codes: 0 it agrees, 1 not, 2 it could not be tried.
 */
public final class Upgrade {
    private static final int TERMINALS = 100;
    private static final long SEED = 1;

    private Upgrade() {}

    /** Does it once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> run(Programs.earlier(), Programs.fromProperties(), args, out) ? 0 : 1);
    }

    private static boolean run(Programs earlier, Programs today, String[] args, PrintStream out) {
        if (args.length > 0) {
            throw new StartException("\"" + args[0] + "\" is not understood; see deploy/upgrade --help.");
        }
        Path home = today.home().resolve("target/upgrade/run");
        Folders.empty(home);
        out.println("Starting " + ChaosHouse.GATEWAYS
                + " gateways of the earlier version, PostgreSQL, HAProxy and three library systems ...");
        try (ChaosHouse house = ChaosHouse.start(home, earlier, today)) {
            ChaosRun run = ChaosRun.begin(house, TERMINALS, SEED, out);
            run.alone(new GatewayUpdated(1, false));
            run.say("The schema is today's now; an earlier gateway has to start on it.");
            run.alone(new GatewayKilled(2, ChaosSpells.SERVED));
            run.alone(new GatewayUpdated(2, false));
            run.alone(new GatewayUpdated(0, true));
            return run.judge(false);
        }
    }
}

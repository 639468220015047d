package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosFault.ClockStepped;
import fi.kimppa.deploy.ChaosFault.DatabaseDiskFull;
import fi.kimppa.deploy.ChaosFault.DatabaseFrozen;
import fi.kimppa.deploy.ChaosFault.DatabaseGone;
import fi.kimppa.deploy.ChaosFault.GatewayFrozen;
import fi.kimppa.deploy.ChaosFault.GatewayKilled;
import fi.kimppa.deploy.ChaosFault.LineSlow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Machines at work while gateways, library systems, the database, wires and the balancer fail: first what has a goal, one thing at a
 * time, then by a seeded script. When all is mended, what patrons were told is compared with what the library systems have: every
 * accepted loan and return is there once, and no refused one is. Exit codes: 0 it agrees, 1 not, 2 it could not be tried.
 */
public final class Chaos {
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration HARDLY_AWAY = ChaosSpells.TOLD.plusSeconds(2);
    /** The one that has the database, and one that has not. */
    private static final int KINDS_OF_GATEWAYS = 2;

    private final ChaosOptions options;
    private final Set<String> hit = ConcurrentHashMap.newKeySet();

    private Chaos(ChaosOptions options) {
        this.options = options;
    }

    /** Does it once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> {
            Programs programs = Programs.fromProperties();
            ChaosOptions options = ChaosOptions.of(args);
            out.println("Seed " + options.seed() + "; the same script again: deploy/chaos --seed=" + options.seed()
                    + " --seconds=" + options.seconds() + " --terminals=" + options.terminals());
            return new Chaos(options).run(programs, out) ? 0 : 1;
        });
    }

    private boolean run(Programs programs, PrintStream out) {
        Path home = programs.home().resolve("target/chaos");
        Folders.empty(home);
        out.println("Starting " + ChaosHouse.GATEWAYS + " gateways, PostgreSQL, HAProxy and three library systems ...");
        try (ChaosHouse house = ChaosHouse.start(home, programs)) {
            ChaosRun run = ChaosRun.begin(house, options.terminals(), options.seed(), out);
            oneAtATime(options.brief()).forEach(run::alone);
            run.say("For " + options.seconds() + " s things go wrong, at machines in haste.");
            run.hurry();
            breakThings(run).forEach(Chaos::join);
            return run.judge(options.strict());
        }
    }

    /** What terminals are promised: with one thing broken they are served, or told, soon. */
    private static List<ChaosFault> oneAtATime(boolean brief) {
        List<ChaosFault> faults = new ArrayList<>();
        for (int place = 0; place < (brief ? KINDS_OF_GATEWAYS : ChaosHouse.GATEWAYS); place++) {
            faults.add(new GatewayKilled(place, ChaosSpells.SERVED));
        }
        faults.add(new GatewayFrozen(1, Duration.ofSeconds(10)));
        faults.add(new DatabaseFrozen(brief ? HARDLY_AWAY : AWAY));
        faults.add(new DatabaseGone(brief ? HARDLY_AWAY : AWAY));
        faults.add(new DatabaseDiskFull(brief ? HARDLY_AWAY : AWAY));
        return faults;
    }

    private List<Thread> breakThings(ChaosRun run) {
        Random random = new Random(options.seed());
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(options.seconds()).toNanos();
        while (System.nanoTime() < end) {
            ChaosFault fault = ChaosFault.draw(random, Duration.ofSeconds(options.seconds()));
            if (hit.add(fault.target())) {
                threads.add(Thread.ofVirtual().start(() -> befall(run, fault)));
            }
            LockSupport.parkNanos(
                    Duration.ofMillis(300L + random.nextInt(2_000)).toNanos());
        }
        return threads;
    }

    private void befall(ChaosRun run, ChaosFault fault) {
        run.say(fault.name() + " for " + fault.lasting().toMillis() + " ms"
                + switch (fault) {
                    case LineSlow slow -> ", each piece " + slow.delay().toMillis() + " ms late";
                    case ClockStepped stepped -> ", " + stepped.offset().toSeconds() + " s ahead";
                    default -> "";
                });
        try {
            run.befall(fault);
        } finally {
            hit.remove(fault.target());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

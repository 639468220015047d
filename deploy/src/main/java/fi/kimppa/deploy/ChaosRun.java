package fi.kimppa.deploy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A house with machines at work, what befalls it, and what is said of that. Threads: any may let a fault befall; everything else is the
 * matter of the one that began.
 */
final class ChaosRun {
    private final ChaosHouse house;
    private final ChaosBreaker breaker;
    private final ChaosMachines machines;
    private final ChaosSpells spells;
    private final PrintStream out;
    private final long begun = System.nanoTime();

    private ChaosRun(ChaosHouse house, ChaosMachines machines, PrintStream out) {
        this.house = house;
        this.breaker = new ChaosBreaker(house);
        this.machines = machines;
        this.spells = new ChaosSpells(machines.waits(), begun);
        this.out = out;
    }

    /**
     * Lets machines work and waits until all are served.
     *
     * @throws StartException if they are not
     */
    static ChaosRun begin(ChaosHouse house, int terminals, long seed, PrintStream out) {
        ChaosRun run = new ChaosRun(house, ChaosMachines.start(house, terminals, seed), out);
        run.settle();
        // What stands at the start is well: else there would be nothing to break.
        if (run.machines.tally().decided() < terminals / 4) {
            throw new StartException("The machines are not served.");
        }
        return run;
    }

    void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, line);
    }

    /** Waits until all machines are served again, and says whether they are. */
    void settle() {
        say(
                machines.calm()
                        ? "All are served."
                        : "The machines are still not all served within 2 s; it goes on all the same.");
    }

    /** From now on the machines work as fast as they can. */
    void hurry() {
        machines.pace(ChaosPace.IN_HASTE);
    }

    /** Lets something befall with nothing else beside it. */
    void alone(ChaosFault fault) {
        say(fault.name() + ", alone");
        befall(fault);
        settle();
    }

    /** Lets something befall, and returns when what it hit is back. */
    void befall(ChaosFault fault) {
        ChaosSpells.Spell spell = spells.begins(fault);
        try {
            breaker.befall(fault);
        } catch (RuntimeException e) {
            machines.tally().broken(e);
        } finally {
            spells.ends(spell);
        }
    }

    /**
     * Ends the machines' work, compares the books and says what is wrong.
     *
     * @param strict whether a goal that is missed is wrong too
     * @return whether nothing is
     */
    boolean judge(boolean strict) {
        say("All is mended; " + machines.tally().said());
        List<String> wrong = new ArrayList<>(machines.end());
        wrong.addAll(new ChaosJudge(house)
                .wrong(machines.items(), machines.cards(), machines.tally().returned()));
        say(machines.tally().said());
        spells.table().forEach(out::println);
        List<String> missed = spells.missed();
        missed.forEach(line -> say("MISSED  " + line));
        wrong.stream().limit(50).forEach(line -> say("WRONG  " + line));
        say(
                wrong.isEmpty()
                        ? "Every accepted change is there, once; no refused one is."
                        : wrong.size() + " things are wrong. The logs are in " + house.home());
        return wrong.isEmpty() && !(strict && !missed.isEmpty());
    }
}

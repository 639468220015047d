package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosFault.BalancerKilled;
import fi.kimppa.deploy.ChaosFault.ClockStepped;
import fi.kimppa.deploy.ChaosFault.DatabaseDiskFull;
import fi.kimppa.deploy.ChaosFault.DatabaseFrozen;
import fi.kimppa.deploy.ChaosFault.DatabaseGone;
import fi.kimppa.deploy.ChaosFault.DatabaseKilled;
import fi.kimppa.deploy.ChaosFault.GatewayFrozen;
import fi.kimppa.deploy.ChaosFault.GatewayKilled;
import fi.kimppa.deploy.ChaosFault.GatewayUpdated;
import fi.kimppa.deploy.ChaosFault.LibraryDiskFull;
import fi.kimppa.deploy.ChaosFault.LibraryFrozen;
import fi.kimppa.deploy.ChaosFault.LibraryKilled;
import fi.kimppa.deploy.ChaosFault.LineCut;
import fi.kimppa.deploy.ChaosFault.LineSlow;
import fi.kimppa.deploy.ChaosWaits.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults that befell, and how long the terminals that each concerned heard nothing because of it. A fault that came while another
 * one lasted is not judged: its silence may be the other's. Threads: any.
 */
final class ChaosSpells {
    /** A gateway goes: its terminals are served by another. */
    static final Duration SERVED = Duration.ofSeconds(5);

    /** The database goes: terminals hear a no, or that the library is off-line. They themselves wait 7 s and then call anew. */
    static final Duration TOLD = Duration.ofSeconds(10);

    private static final int LONGEST = 3;

    private final ChaosWaits waits;
    private final long start;
    private final List<Spell> spells = new CopyOnWriteArrayList<>();

    /**
     * No faults yet.
     *
     * @param start the moment that times are told from
     */
    ChaosSpells(ChaosWaits waits, long start) {
        this.waits = waits;
        this.start = start;
    }

    /** A fault and its time. */
    static final class Spell {
        private final ChaosFault fault;
        private final Set<Integer> struck;
        private final long begun = System.nanoTime();
        private volatile Optional<Long> ended = Optional.empty();

        private Spell(ChaosFault fault, Set<Integer> struck) {
            this.fault = fault;
            this.struck = struck;
        }

        private boolean lasted(long from, long to) {
            return begun - to < 0 && ended.map(end -> end - from > 0).orElse(true);
        }
    }

    /** How a fault is judged. */
    private enum Verdict {
        KEPT,
        MISSED,
        NOT_JUDGED
    }

    /** A fault begins. */
    Spell begins(ChaosFault fault) {
        Spell spell = new Spell(fault, struckBy(fault));
        spells.add(spell);
        return spell;
    }

    /** What it had hit is back. */
    void ends(Spell spell) {
        spell.ended = Optional.of(System.nanoTime());
    }

    private Set<Integer> struckBy(ChaosFault fault) {
        return switch (fault) {
            case GatewayKilled killed -> waits.on(killed.place());
            case GatewayFrozen frozen -> waits.on(frozen.place());
            case GatewayUpdated updated -> updated.database() ? waits.all() : waits.on(updated.place());
            case DatabaseKilled _, DatabaseFrozen _, DatabaseGone _, DatabaseDiskFull _, BalancerKilled _ ->
                waits.all();
            case ClockStepped _, LibraryKilled _, LibraryFrozen _, LibraryDiskFull _, LineCut _, LineSlow _ -> Set.of();
        };
    }

    private static Optional<Duration> goal(ChaosFault fault) {
        return switch (fault) {
            case GatewayKilled _ -> Optional.of(SERVED);
            case GatewayUpdated updated -> Optional.of(updated.database() ? TOLD : SERVED);
            case DatabaseKilled _, DatabaseFrozen _, DatabaseGone _, DatabaseDiskFull _ -> Optional.of(TOLD);
            case GatewayFrozen _,
                    BalancerKilled _,
                    ClockStepped _,
                    LibraryKilled _,
                    LibraryFrozen _,
                    LibraryDiskFull _,
                    LineCut _,
                    LineSlow _ -> Optional.empty();
        };
    }

    /** The longest time in which a terminal that it concerned wanted something and heard nothing, from the fault on. */
    private Duration silence(Spell spell) {
        long end = switch (spell.fault) {
            // Where the others are well nobody waits for longer, and what comes after is not its matter.
            case GatewayKilled _ -> spell.begun + SERVED.toNanos();
            case GatewayUpdated _ -> spell.ended.orElseGet(System::nanoTime);
            default -> spell.begun + spell.fault.lasting().toNanos();
        };
        return waits.within(spell.struck, spell.begun, end).stream()
                .map(wait -> wait.after(spell.begun))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private List<String> beside(Spell spell, Duration silence) {
        return spells.stream()
                .filter(other -> other != spell && other.lasted(spell.begun, spell.begun + silence.toNanos()))
                .map(other -> other.fault.name())
                .distinct()
                .toList();
    }

    private Verdict verdict(Duration silence, Duration goal, List<String> beside) {
        if (silence.compareTo(goal) <= 0) {
            return Verdict.KEPT;
        }
        return beside.isEmpty() ? Verdict.MISSED : Verdict.NOT_JUDGED;
    }

    /** The goals that were missed, in words. */
    List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (Spell spell : spells) {
            Duration silence = silence(spell);
            goal(spell.fault).ifPresent(goal -> {
                Verdict verdict = verdict(silence, goal, beside(spell, silence));
                if (verdict == Verdict.MISSED) {
                    missed.add(String.format(
                            Locale.ROOT,
                            "%s: a terminal heard nothing for %.1f s, and was to hear something within %d s",
                            spell.fault.name(),
                            silence.toMillis() / 1e3,
                            goal.toSeconds()));
                }
            });
        }
        return missed;
    }

    /** A line for each fault that concerned terminals, and the longest silences of all with what went on meanwhile. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %9s %9s %9s %9s  %s".formatted("fault", "at", "until", "terminals", "silence", "goal"));
        for (Spell spell : spells) {
            if (!spell.struck.isEmpty()) {
                lines.add(line(spell));
            }
        }
        waits.within(waits.all(), start, System.nanoTime()).stream()
                .sorted(Comparator.comparingLong((Wait wait) -> wait.to() - wait.from())
                        .reversed())
                .limit(LONGEST)
                .forEach(wait -> lines.add(longest(wait)));
        return lines;
    }

    private String line(Spell spell) {
        Duration silence = silence(spell);
        List<String> beside = beside(spell, silence);
        String judged = goal(spell.fault)
                .map(goal -> goal.toSeconds() + " s "
                        + switch (verdict(silence, goal, beside)) {
                            case KEPT -> "kept";
                            case MISSED -> "MISSED";
                            case NOT_JUDGED -> "not judged, for there were " + String.join(", ", beside);
                        })
                .orElse("-");
        return String.format(
                Locale.ROOT,
                "%-24s %7.1f s %7s s %9d %7.1f s  %s",
                spell.fault.name(),
                seconds(spell.begun),
                spell.ended
                        .map(end -> String.format(Locale.ROOT, "%.1f", seconds(end)))
                        .orElse("?"),
                spell.struck.size(),
                silence.toMillis() / 1e3,
                judged);
    }

    private String longest(Wait wait) {
        List<String> meanwhile = spells.stream()
                .filter(spell -> spell.lasted(wait.from(), wait.to()))
                .map(spell -> spell.fault.name())
                .distinct()
                .toList();
        return String.format(
                Locale.ROOT,
                "%.1f s without any answer from %.1f s on: %s",
                wait.after(wait.from()).toMillis() / 1e3,
                seconds(wait.from()),
                meanwhile.isEmpty() ? "with no fault" : String.join(", ", meanwhile));
    }

    private double seconds(long moment) {
        return (moment - start) / 1e9;
    }
}

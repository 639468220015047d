package fi.kimppa.device.card;

import fi.kimppa.device.card.ScanRules.Suffix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes codes out of the bytes of a scanner: a code ends as the rules say, or with a silence where a suffix is neither demanded nor
 * has ever come; controls such as STX and ETX are dropped where the rules do not name them; so is a code that the rules do not let in,
 * and the same code again within the repeat time.
 *
 * <p>Half a code is no code: what a silence or a broken link has left without its end is dropped, and what comes soon after is taken
 * for the rest of it. For one thread; has no clock.
 */
final class ScanAssembler {
    /** So long after an unfinished code the rest of it may come; who scans again is slower. */
    private static final long REST_NANOS = Duration.ofSeconds(1).toNanos();

    private final ScanRules rules;
    private final Repeats repeats;
    /** A new one for each code: what has been cleared still holds its characters, and they may be a patron's card. */
    private StringBuilder begun = new StringBuilder();

    private boolean spoilt;
    /** Whether a suffix has ever come. */
    private boolean suffixed;

    private boolean unfinished;
    private long unfinishedNanos;

    ScanAssembler(ScanRules rules) {
        this.rules = rules;
        this.repeats = new Repeats(rules.repeat());
    }

    List<Scan> feed(byte[] bytes, int count, long now) {
        List<Scan> scans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            char c = (char) (bytes[i] & 0xFF);
            if (!rules.belongs(c)) {
                continue;
            }
            if (begun.isEmpty()) {
                spoilt = unfinished && now - unfinishedNanos < REST_NANOS;
                unfinished = false;
            }
            if (begun.length() >= rules.room()) {
                // A stuck scanner must not fill the memory: of what is too long only the end is looked for.
                spoilt = true;
                begun.delete(0, begun.length() / 2);
            }
            begun.append(c);
            if (rules.beginsAnew(begun)) {
                // The end of the code before was lost.
                begun.delete(0, begun.length() - rules.prefix().length());
                spoilt = false;
            }
            if (rules.ends(begun)) {
                suffixed = true;
                end(now).ifPresent(scans::add);
            }
        }
        return scans;
    }

    /** A silence: what was begun is complete, if silence is what ends a code, and if it looks like one. */
    Optional<Scan> gap(long now) {
        repeats.forget(now);
        boolean ends =
                rules.suffix() instanceof Suffix.Silence || (rules.suffix() instanceof Suffix.Usual && !suffixed);
        boolean whole = spoilt || rules.code(begun.toString()).isPresent();
        if (ends && whole) {
            return end(now);
        }
        broken(now);
        return Optional.empty();
    }

    /** What was begun will not be completed. */
    void broken(long now) {
        if (!begun.isEmpty()) {
            begun = new StringBuilder();
            unfinished = true;
            unfinishedNanos = now;
        }
    }

    private Optional<Scan> end(long now) {
        Optional<Scan> scan = spoilt ? Optional.empty() : rules.code(begun.toString());
        begun = new StringBuilder();
        return scan.filter(code -> repeats.isNew(code, now));
    }
}

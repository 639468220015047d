package fi.kimppa.device.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes codes out of the bytes of a scanner: a code ends as the rules say, or with a silence; controls such as STX and ETX are
 * dropped where the rules do not name them; so is a code that the rules do not let in, and the same code again within the repeat
 * time. For one thread; has no clock.
 */
final class ScanAssembler {
    private final ScanRules rules;
    private final Repeats repeats;
    private final StringBuilder begun = new StringBuilder();
    private boolean tooLong;

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
            if (begun.length() >= rules.room()) {
                // A stuck scanner must not fill the memory: of what is too long only the end is looked for.
                tooLong = true;
                begun.delete(0, begun.length() / 2);
            }
            begun.append(c);
            if (rules.ends(begun)) {
                end(now).ifPresent(scans::add);
            }
        }
        return scans;
    }

    /** A silence: whatever was begun is complete. */
    Optional<Scan> gap(long now) {
        return end(now);
    }

    private Optional<Scan> end(long now) {
        Optional<Scan> scan = tooLong ? Optional.empty() : rules.code(begun.toString());
        begun.setLength(0);
        tooLong = false;
        return scan.filter(code -> repeats.isNew(code, now));
    }
}

package fi.kimppa.device.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes codes out of the bytes of a scanner: a code ends with CR, LF or tab, or with a silence; STX and ETX are dropped, an AIM
 * identifier in front is taken off; a code outside the limits, or the same code again within the repeat time, is dropped. For one
 * thread; has no clock.
 */
final class ScanAssembler {
    private static final int LONGEST_PREFIX = 3;

    private final int least;
    private final int most;
    private final long repeatNanos;
    private final StringBuilder begun = new StringBuilder();
    private boolean tooLong;
    private String last = "";
    private long lastNanos;

    ScanAssembler(int least, int most, long repeatNanos) {
        this.least = least;
        this.most = most;
        this.repeatNanos = repeatNanos;
    }

    List<Scan> feed(byte[] bytes, int count, long now) {
        List<Scan> scans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int c = bytes[i] & 0xFF;
            if (c == '\r' || c == '\n' || c == '\t') {
                end(now).ifPresent(scans::add);
            } else if (c >= 0x20 && c != 0x7F) {
                // A stuck scanner must not fill the memory: what is too long is forgotten up to its end.
                tooLong |= begun.length() >= most + LONGEST_PREFIX;
                if (!tooLong) {
                    begun.append((char) c);
                }
            }
        }
        return scans;
    }

    /** A silence: whatever was begun is complete. */
    Optional<Scan> gap(long now) {
        return end(now);
    }

    private Optional<Scan> end(long now) {
        String code = tooLong ? "" : begun.toString().strip();
        begun.setLength(0);
        tooLong = false;
        Optional<String> symbology = Optional.empty();
        if (code.length() > LONGEST_PREFIX && code.charAt(0) == ']' && Character.isLetter(code.charAt(1))) {
            symbology = Optional.of(code.substring(0, LONGEST_PREFIX));
            code = code.substring(LONGEST_PREFIX);
        }
        if (code.length() < least || code.length() > most) {
            return Optional.empty();
        }
        boolean again = code.equals(last) && now - lastNanos < repeatNanos;
        last = code;
        lastNanos = now;
        return again ? Optional.empty() : Optional.of(new Scan(code, symbology));
    }
}

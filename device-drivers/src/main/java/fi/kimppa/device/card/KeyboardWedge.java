package fi.kimppa.device.card;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells the scanner that types like a keyboard from the person who does. A key is held back until it is clear whose it is: a row
 * of fast keys that ends as the rules say is a code, slow keys are a person's and come out unchanged, in order, and at most the time
 * of a fast key later. A row of fast keys that does not end so, or that the rules do not let in, is dropped: nothing of a scan
 * reaches a text field by chance.
 *
 * <p>For one thread; has no clock: whoever feeds it calls {@link #silence} at the time that {@link #due} names.
 *
 * @param <K> what carries a key, for example an event of the window system
 */
public final class KeyboardWedge<K> {
    /** What came of the keys. */
    public sealed interface Heard<K> {
        /** A code of the scanner. */
        record Scanned<K>(Scan scan) implements Heard<K> {}

        /** A key that a person pressed. */
        record Typed<K>(K key) implements Heard<K> {}
    }

    /**
     * How fast a scanner types.
     *
     * @param fast the longest time from one key to the next
     * @param hitch the longest time once it is clear that a scanner types: the window system was busy
     * @param keys from how many fast keys on that is clear, at least 2; shorter codes cannot be scanned through the keyboard
     */
    public record Rhythm(Duration fast, Duration hitch, int keys) {
        /** 40 ms, 150 ms and 4 keys: people's fastest rolls are two or three keys. */
        public static final Rhythm USUAL = new Rhythm(Duration.ofMillis(40), Duration.ofMillis(150), 4);

        public Rhythm {
            if (keys < 2 || hitch.compareTo(fast) < 0 || !fast.isPositive()) {
                throw new IllegalArgumentException("Expected 0 < fast <= hitch and at least 2 keys");
            }
        }
    }

    private record Held<K>(K key, char character) {}

    private final ScanRules rules;
    private final Rhythm rhythm;
    private final Repeats repeats;
    private final List<Held<K>> held = new ArrayList<>();
    private boolean tooLong;
    /** When the last key came that was held or ended a code. */
    private long lastNanos;
    /** Whether that key ended a code, so that a line feed right behind a carriage return is the scanner's as well. */
    private boolean ended;

    /** A wedge for codes by these rules. */
    public KeyboardWedge(ScanRules rules, Rhythm rhythm) {
        this.rules = rules;
        this.rhythm = rhythm;
        this.repeats = new Repeats(rules.repeat());
    }

    /**
     * A key was pressed.
     *
     * @param character what it types; carriage return for the enter key, 0 for a key that types nothing, which comes out at once
     * @param now nanoseconds, as {@link System#nanoTime} counts them
     */
    public List<Heard<K>> press(K key, char character, long now) {
        List<Heard<K>> heard = new ArrayList<>(silence(now));
        boolean tail = ended && now - lastNanos <= rhythm.hitch().toNanos() && rules.ends(String.valueOf(character));
        if (tail) {
            return heard;
        }
        if (character == 0) {
            // Scanners press shift for capital letters: in the middle of a code, and not a part of it.
            heard.add(new Heard.Typed<>(key));
            return heard;
        }
        ended = false;
        if (!rules.belongs(character)) {
            // Backspace, delete: no scanner sends it, and held down it comes fast.
            heard.addAll(released());
            heard.add(new Heard.Typed<>(key));
            return heard;
        }
        if (held.size() == rules.room()) {
            tooLong = true;
            held.removeFirst();
        }
        held.add(new Held<>(key, character));
        lastNanos = now;
        String sent = sent();
        if (held.size() > rhythm.keys() && rules.ends(sent)) {
            code(sent, now).ifPresent(heard::add);
            ended = true;
        }
        return heard;
    }

    /**
     * No key came up to now.
     *
     * @param now nanoseconds, as {@link System#nanoTime} counts them
     */
    public List<Heard<K>> silence(long now) {
        if (held.isEmpty() || now - lastNanos <= patience()) {
            return List.of();
        }
        if (scanning() && rules.suffix() instanceof ScanRules.Suffix.Silence) {
            return code(sent(), now).map(List::of).orElse(List.of());
        }
        return released();
    }

    /** When {@link #silence} may have something to say, in the same nanoseconds; empty while no key is held back. */
    public OptionalLong due() {
        return held.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lastNanos + patience() + 1);
    }

    private boolean scanning() {
        return tooLong || held.size() >= rhythm.keys();
    }

    private long patience() {
        return (scanning() ? rhythm.hitch() : rhythm.fast()).toNanos();
    }

    private String sent() {
        var sent = new StringBuilder();
        held.forEach(key -> sent.append(key.character()));
        return sent.toString();
    }

    private Optional<Heard<K>> code(String sent, long now) {
        Optional<Scan> scan = tooLong ? Optional.empty() : rules.code(sent);
        held.clear();
        tooLong = false;
        return scan.filter(code -> repeats.isNew(code, now)).map(Heard.Scanned::new);
    }

    /** The held keys, if they are a person's; the rest of a scan is forgotten. */
    private List<Heard<K>> released() {
        List<Heard<K>> keys = new ArrayList<>();
        if (!scanning()) {
            held.forEach(key -> keys.add(new Heard.Typed<>(key.key())));
        }
        held.clear();
        tooLong = false;
        return keys;
    }
}

package fi.kimppa.sip2.wire;

import java.util.Arrays;

/**
 * A password or PIN (AC, AD, CO): it prints as stars and can be erased. Equality compares the characters and
 * takes the same time wherever they differ.
 *
 * <p>Threads: may be shared; {@link #erase()} is seen by later calls only if the caller synchronizes.
 */
public final class Secret implements AutoCloseable {
    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /** A secret that takes a copy of these characters; the caller may erase its own. */
    public static Secret of(char[] characters) {
        return new Secret(characters.clone());
    }

    /** A secret from text that is already in memory, such as a configured terminal password. */
    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /** The empty secret, as in the required field {@code AC|} without a value. */
    public static Secret empty() {
        return new Secret(new char[0]);
    }

    /** A copy of the characters, for the one place that must send or verify them. */
    public char[] reveal() {
        return value.clone();
    }

    /** Whether there is no character at all; an empty PIN was never asked for and counts as no try. */
    public boolean isEmpty() {
        return value.length == 0;
    }

    /** Overwrites the characters with zero bytes. */
    public void erase() {
        Arrays.fill(value, '\0');
    }

    @Override
    public void close() {
        erase();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Secret that)) {
            return false;
        }
        int difference = value.length ^ that.value.length;
        for (int i = 0; i < value.length && i < that.value.length; i++) {
            difference |= value[i] ^ that.value[i];
        }
        return difference == 0;
    }

    @Override
    public int hashCode() {
        return value.length;
    }

    @Override
    public String toString() {
        return "***";
    }
}

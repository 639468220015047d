package fi.kimppa.kiosk.screen;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A colour of a display, as {@code #rrggbb}.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
record Rgb(int red, int green, int blue) {
    static final Rgb BLACK = new Rgb(0, 0, 0);
    static final Rgb WHITE = new Rgb(255, 255, 255);

    private static final Pattern FORM = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Empty for what is no {@code #rrggbb}. */
    static Optional<Rgb> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int all = Integer.parseInt(text.substring(1), 16);
        return Optional.of(new Rgb(all >> 16, (all >> 8) & 255, all & 255));
    }

    /** Contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance). */
    double ratioTo(Rgb other) {
        double lighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    /** So much of the way to another colour, from 0 to 1. */
    Rgb towards(Rgb other, double way) {
        return new Rgb(mixed(red, other.red, way), mixed(green, other.green, way), mixed(blue, other.blue, way));
    }

    private static int mixed(int from, int to, double way) {
        return Math.toIntExact(Math.round(from + (to - from) * way));
    }

    /** Of two colours the one that is easier to read on this. */
    Rgb clearer(Rgb one, Rgb other) {
        return ratioTo(one) >= ratioTo(other) ? one : other;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}

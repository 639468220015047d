package fi.kimppa.kiosk.screen;

import java.util.regex.Pattern;

/**
 * The glass in front of the patron, in pixels and millimetres: what all sizes follow from.
 *
 * <p>The unit of the whole design is the em, the size of running text. Its capital letters are seen under 0.7 degrees
 * from 600 mm (EN 301 549, 5.1.4), which makes one em 10.5 mm on every display; {@code theme.css} is written in it.
 *
 * @param width pixels
 * @param height pixels
 * @param widthMm of the picture, without the frame
 * @param heightMm of the picture, without the frame
 */
public record DeviceProfile(int width, int height, double widthMm, double heightMm) {
    /** 10.1 inches, 1280 x 800. */
    public static final DeviceProfile COMPACT = new DeviceProfile(1280, 800, 216.96, 135.6);

    /** 15.6 inches, 1920 x 1080. */
    public static final DeviceProfile MIDDLE = new DeviceProfile(1920, 1080, 345.4, 194.3);

    /** 21.5 inches, 1920 x 1080. */
    public static final DeviceProfile LARGE = new DeviceProfile(1920, 1080, 476.1, 267.8);

    /** 21.5 inches, 1080 x 1920, upright. */
    public static final DeviceProfile UPRIGHT = new DeviceProfile(1080, 1920, 267.8, 476.1);

    /** Height of a capital letter as a part of the distance from which it can be read. */
    static final double CAP_PER_DISTANCE = 0.01222;

    /** Where the patron's eyes are. */
    static final double READING_DISTANCE_MM = 600;

    /** Height of a capital letter as a part of the font size, in the font that we ship. */
    static final double CAP_PER_EM = 0.70;

    private static final Pattern WRITTEN = Pattern.compile("(\\d+)x(\\d+)@([\\d.]+)x([\\d.]+)");

    /** Checks the ranges. */
    public DeviceProfile {
        if (width < 640 || height < 640 || widthMm < 100 || heightMm < 100) {
            throw new IllegalArgumentException(
                    "expected a display of at least 640 x 640 pixels and 100 x 100 mm, found " + width + "x" + height
                            + "@" + widthMm + "x" + heightMm);
        }
    }

    /**
     * Reads {@code 1920x1080@345.4x194.3}, pixels and millimetres.
     *
     * @throws IllegalArgumentException when it is written otherwise or too small
     */
    public static DeviceProfile parse(String text) {
        var matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "display '" + text + "': expected pixels and millimetres such as 1920x1080@345.4x194.3");
        }
        return new DeviceProfile(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Double.parseDouble(matcher.group(3)),
                Double.parseDouble(matcher.group(4)));
    }

    /** Pixels of a length; the coarser direction counts where pixels are not square. */
    public double px(double mm) {
        return mm * Math.max(width / widthMm, height / heightMm);
    }

    /** Size of running text in whole pixels. */
    public int emPx() {
        return (int) Math.ceil(px(CAP_PER_DISTANCE * READING_DISTANCE_MM) / CAP_PER_EM);
    }

    /** Pixels of a length in ems. */
    double em(double ems) {
        return ems * emPx();
    }

    /** Width in ems. */
    double widthEm() {
        return (double) width / emPx();
    }

    /** Height in ems. */
    double heightEm() {
        return (double) height / emPx();
    }

    /** Whether it stands upright. */
    boolean upright() {
        return height > width;
    }

    /** Whether there is no room for two columns of large type. */
    boolean narrow() {
        return widthEm() < 28;
    }

    /** Whether a column of large type and a list fit side by side. */
    boolean wide() {
        return widthEm() >= 28 && !upright();
    }

    /** Whether there is room for one thing only. */
    boolean compact() {
        return heightEm() < 16;
    }
}

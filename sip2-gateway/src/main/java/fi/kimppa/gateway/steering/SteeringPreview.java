package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.steering.SteeringForms.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A small picture of a kiosk's front page and its bins. It shows what was chosen; whether it can be read the kiosk judges. Pure.
 *
 * @param colours by role
 * @param bins as they stand side by side
 */
record SteeringPreview(Map<String, String> colours, List<BinPicture> bins) {
    /** The product's colours of the roles that can be set here, as the kiosk's theme has them. */
    static final Map<String, String> STANDARD = Map.of(
            "primary", "#0d4744",
            "on-primary", "#ffffff",
            "accent", "#ffc44d",
            "on-accent", "#10201f",
            "paper", "#f6f3ec",
            "surface", "#ffffff",
            "ink", "#10201f");

    private static final String NO_COLOUR = "#3b4b49";
    private static final int MIDDLE = 60;
    private static final int MIDDLE_DOWN = 45;
    private static final int RADIUS = 38;

    /**
     * A bin.
     *
     * @param points of its outline; empty for a circle
     */
    record BinPicture(String number, String name, String colour, String ink, String points) {}

    static SteeringPreview of(SortedMap<String, String> own, SortedMap<String, Mark> marks, String language) {
        Map<String, String> colours = new LinkedHashMap<>(STANDARD);
        colours.putAll(own);
        return new SteeringPreview(
                colours,
                marks.entrySet().stream()
                        .map(mark -> bin(mark.getKey(), mark.getValue(), language))
                        .toList());
    }

    private static BinPicture bin(String number, Mark mark, String language) {
        String colour = mark.colour().isEmpty() ? NO_COLOUR : mark.colour();
        String name = mark.name().getOrDefault(language, mark.name().getOrDefault("", ""));
        return new BinPicture(number, name, colour, ink(colour), points(mark.shape()));
    }

    /** Black or white, whichever is clearer: as the kiosk does it. */
    private static String ink(String colour) {
        int all = Integer.parseInt(colour.substring(1), 16);
        double luminance = 0.2126 * linear(all >> 16) + 0.7152 * linear((all >> 8) & 255) + 0.0722 * linear(all & 255);
        return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#000000" : "#ffffff";
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static String points(String shape) {
        return switch (shape) {
            case "square" -> polygon(4, 45);
            case "hexagon" -> polygon(6, 30);
            case "octagon" -> polygon(8, 22.5);
            default -> "";
        };
    }

    private static String polygon(int corners, double turn) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < corners; i++) {
            double angle = Math.toRadians(turn + 360.0 * i / corners);
            points.append(Math.round(MIDDLE + RADIUS * Math.cos(angle)))
                    .append(',')
                    .append(Math.round(MIDDLE_DOWN + RADIUS * Math.sin(angle)))
                    .append(' ');
        }
        return points.toString().strip();
    }
}

package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.text.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The colours of the theme by role, with a library's own in their places, and whether they can be told apart (kiosk-ux.md A03, A04).
 * What follows from a colour, such as the letters on it and how it looks while it is pressed, is made from it unless it is given too.
 * Pure; needs no JavaFX.
 */
public final class Palette {
    /** Letters on their ground. */
    static final double TEXT = 4.5;

    /** Borders and marks on what is around them. */
    static final double MARK = 3;

    private static final List<String> TONES = List.of("done", "stop", "attention", "working", "hold", "transfer");

    /** Roles that a library may give a colour of its own. The others mean something, and mean the same everywhere. */
    private static final List<String> OWN = List.of(
            "primary",
            "on-primary",
            "primary-pressed",
            "accent",
            "on-accent",
            "accent-pressed",
            "accent-edge",
            "paper",
            "surface",
            "ink",
            "ink-soft",
            "line",
            "edge",
            "focus");

    private static final Map<String, Rgb> STANDARD = standard();

    /**
     * What must stand out from what.
     *
     * @param least the contrast that is needed
     */
    record Rule(String over, String ground, double least) {}

    private static final List<Rule> RULES = rules();

    private final Map<String, Rgb> given;
    private final Map<String, Rgb> all;
    private final Map<String, BinMark> bins;
    private final List<String> malformed = new ArrayList<>();

    private Palette(Branding branding) {
        given = new LinkedHashMap<>();
        new TreeMap<>(branding.colours()).forEach((role, text) -> {
            if (!OWN.contains(role)) {
                malformed.add("look.colours." + role + ": there is no such role; the nearest is \""
                        + Nearest.to(role, OWN).orElse("") + "\", and all are " + String.join(", ", OWN));
            } else {
                Rgb.parse(text)
                        .ifPresentOrElse(
                                colour -> given.put(role, colour),
                                () -> malformed.add("look.colours." + role
                                        + ": expected a colour such as #0d4744: # and six hexadecimal digits"));
            }
        });
        all = completed(given);
        bins = new TreeMap<>(branding.bins());
    }

    /** The theme's colours with those of a library. */
    public static Palette of(Branding branding) {
        return new Palette(branding);
    }

    // ---- what follows from what is given -----------------------------------------------------------------

    private static Map<String, Rgb> completed(Map<String, Rgb> given) {
        Map<String, Rgb> all = new LinkedHashMap<>(STANDARD);
        all.putAll(given);
        for (String ground : List.of("primary", "accent")) {
            Rgb colour = colour(all, ground);
            if (given.containsKey(ground)) {
                all.put("on-" + ground, given.getOrDefault("on-" + ground, letters(colour)));
                // Away from the letters on it, so that they stay legible.
                Rgb away = colour(all, "on-" + ground).clearer(Rgb.BLACK, Rgb.WHITE);
                all.put(ground + "-pressed", given.getOrDefault(ground + "-pressed", colour.towards(away, 0.25)));
            }
        }
        if (!given.containsKey("accent-edge") && (given.containsKey("accent") || given.containsKey("paper"))) {
            Rgb paper = colour(all, "paper");
            all.put("accent-edge", until(colour(all, "accent"), edge -> edge.ratioTo(paper) >= MARK));
        }
        return Collections.unmodifiableMap(all);
    }

    /** Of the theme's letters those that are clearer; on colours in the middle plain black may be clearer than its ink. */
    private static Rgb letters(Rgb ground) {
        Rgb usual = ground.clearer(Rgb.WHITE, colour(STANDARD, "ink"));
        return ground.ratioTo(usual) >= TEXT ? usual : ground.clearer(Rgb.WHITE, Rgb.BLACK);
    }

    /** The nearest to a colour, darker or lighter, that is good; the colour itself where none is. */
    private static Rgb until(Rgb colour, Predicate<Rgb> good) {
        return IntStream.rangeClosed(0, 100)
                .mapToObj(step -> step / 100.0)
                .flatMap(way -> Stream.of(colour.towards(Rgb.BLACK, way), colour.towards(Rgb.WHITE, way)))
                .filter(good)
                .findFirst()
                .orElse(colour);
    }

    // ---- what must hold ----------------------------------------------------------------------------------

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (String ink : List.of("ink", "ink-soft")) {
            Stream.of("paper", "surface").forEach(ground -> rules.add(new Rule(ink, ground, TEXT)));
            TONES.forEach(tone -> rules.add(new Rule(ink, tone + "-soft", TEXT)));
        }
        rules.add(new Rule("ink", "line", TEXT));
        for (String ground : List.of("primary", "accent")) {
            rules.add(new Rule("on-" + ground, ground, TEXT));
            rules.add(new Rule("on-" + ground, ground + "-pressed", TEXT));
        }
        rules.add(new Rule("primary", "surface", TEXT));
        TONES.forEach(tone -> rules.add(new Rule(tone, "surface", TEXT)));
        for (String mark : List.of("primary", "edge", "focus", "accent-edge")) {
            rules.add(new Rule(mark, "paper", MARK));
        }
        rules.add(new Rule("edge", "surface", MARK));
        rules.add(new Rule("focus", "surface", MARK));
        TONES.forEach(tone -> rules.add(new Rule(tone, "paper", MARK)));
        return List.copyOf(rules);
    }

    /** What is wrong: a line for each fault, with its key, what was measured, what is needed and what would do. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>(malformed);
        Map<String, String> byRole = new LinkedHashMap<>();
        RULES.stream()
                .filter(rule -> colour(all, rule.over()).ratioTo(colour(all, rule.ground())) < rule.least())
                .forEach(rule -> tell(rule, byRole));
        faults.addAll(byRole.values());
        bins.forEach((number, mark) -> bin(number, mark).ifPresent(faults::add));
        return faults;
    }

    /** Of each role the first rule that it breaks is told: what would do keeps all of them. */
    private void tell(Rule rule, Map<String, String> byRole) {
        boolean changeOver = given.containsKey(rule.over()) || !given.containsKey(rule.ground());
        String key = changeOver ? rule.over() : rule.ground();
        String other = changeOver ? rule.ground() : rule.over();
        byRole.computeIfAbsent(
                key,
                _ -> "look.colours." + key + ": " + measured(colour(all, key), other, rule.least())
                        + better(key)
                                .map(colour -> "; take " + colour + " for example")
                                .orElse("; take another"));
    }

    private String measured(Rgb colour, String other, double least) {
        Rgb there = colour(all, other);
        return String.format(
                Locale.ROOT,
                "%s has a contrast of %.2f:1 with %s (%s), needed are %.1f:1",
                colour,
                colour.ratioTo(there),
                other,
                there,
                least);
    }

    /** The nearest colour with which every rule of this role holds, if there is one. */
    private Optional<Rgb> better(String role) {
        Predicate<Rgb> good = colour -> {
            Map<String, Rgb> instead = new LinkedHashMap<>(given);
            instead.put(role, colour);
            Map<String, Rgb> then = completed(instead);
            return RULES.stream()
                    .filter(rule -> rule.over().equals(role) || rule.ground().equals(role))
                    .allMatch(rule -> colour(then, rule.over()).ratioTo(colour(then, rule.ground())) >= rule.least());
        };
        return Optional.of(until(colour(all, role), good)).filter(good);
    }

    private Optional<String> bin(String number, BinMark mark) {
        String key = "bins.marks." + number + ".colour: ";
        if (mark.colour().isEmpty()) {
            return Optional.empty();
        }
        Optional<Rgb> parsed = mark.colour().flatMap(Rgb::parse);
        if (parsed.isEmpty()) {
            return Optional.of(key + "expected a colour such as #0d4744: # and six hexadecimal digits");
        }
        return grounds()
                .filter(ground -> !standsOut(parsed.get(), ground))
                .findFirst()
                .map(ground -> key + measured(parsed.get(), ground, MARK) + "; take "
                        + until(parsed.get(), colour -> grounds().allMatch(other -> standsOut(colour, other)))
                        + " for example");
    }

    private boolean standsOut(Rgb colour, String ground) {
        return colour.ratioTo(colour(all, ground)) >= MARK;
    }

    /** What a bin may stand on. */
    private static Stream<String> grounds() {
        return Stream.concat(Stream.of("surface"), TONES.stream().map(tone -> tone + "-soft"));
    }

    // ---- as a stylesheet ---------------------------------------------------------------------------------

    /** What goes behind the theme; empty where nothing is a library's own. */
    String css() {
        StringBuilder css = new StringBuilder();
        if (!given.isEmpty()) {
            css.append(".root {");
            all.forEach((role, colour) -> {
                if (!colour.equals(STANDARD.get(role))) {
                    css.append(" -").append(role).append(": ").append(colour).append(";");
                }
            });
            css.append(" }\n");
        }
        bins.forEach((number, mark) -> mark.colour()
                .flatMap(Rgb::parse)
                .ifPresent(colour -> css.append(
                        ".%1$s .badge-shape { -fx-fill: %2$s; }%n.%1$s .badge-number { -fx-text-fill: %3$s; }%n"
                                .formatted(binClass(number), colour, colour.clearer(Rgb.WHITE, Rgb.BLACK)))));
        return css.toString();
    }

    /** The style class of a bin, whose number may be made of any letters. */
    static String binClass(String number) {
        StringBuilder name = new StringBuilder("bin");
        number.chars().forEach(letter -> name.append('-').append(Integer.toHexString(letter)));
        return name.toString();
    }

    // ---- the theme ---------------------------------------------------------------------------------------

    private static Rgb colour(Map<String, Rgb> colours, String role) {
        return Objects.requireNonNull(colours.get(role), role);
    }

    private static Map<String, Rgb> standard() {
        try (var in = Objects.requireNonNull(Palette.class.getResourceAsStream("theme.css"), "theme.css")) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int from = css.indexOf("\n.root {");
            Map<String, Rgb> colours = new LinkedHashMap<>();
            Pattern.compile("-([a-z-]+): (#[0-9a-f]{6});")
                    .matcher(css.substring(from, css.indexOf('}', from)))
                    .results()
                    .forEach(line -> Rgb.parse(line.group(2)).ifPresent(colour -> colours.put(line.group(1), colour)));
            return Collections.unmodifiableMap(colours);
        } catch (IOException e) {
            throw new UncheckedIOException("The theme cannot be read", e);
        }
    }
}

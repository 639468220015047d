package fi.kimppa.kiosk.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a library has made its own of how a kiosk looks and what it says. High contrast and large text go before it.
 *
 * @param logo in the upper left corner
 * @param colours {@code #rrggbb} by role of the theme, such as {@code primary}
 * @param wording sentences in place of the product's, by language and key
 * @param bins how bins are told apart, by number
 * @param covered whether titles of things show their first word alone until they are pressed, for displays that a queue can read
 */
public record Branding(
        Optional<Logo> logo,
        Map<String, String> colours,
        Map<Language, Map<String, String>> wording,
        Map<String, BinMark> bins,
        boolean covered) {
    /** Nothing of its own. */
    public static final Branding NONE = new Branding(Optional.empty(), Map.of(), Map.of(), Map.of(), false);

    /** Takes copies. */
    public Branding {
        colours = Map.copyOf(colours);
        bins = Map.copyOf(bins);
        Map<Language, Map<String, String>> sentences = new HashMap<>();
        wording.forEach((language, own) -> sentences.put(language, Map.copyOf(own)));
        wording = Map.copyOf(sentences);
    }

    /** With open titles. */
    public Branding(
            Optional<Logo> logo,
            Map<String, String> colours,
            Map<Language, Map<String, String>> wording,
            Map<String, BinMark> bins) {
        this(logo, colours, wording, bins, false);
    }

    /** The same with covered titles. */
    public Branding coveringTitles() {
        return new Branding(logo, colours, wording, bins, true);
    }

    /**
     * A picture.
     *
     * @param file PNG
     * @param hasName whether the library's name stands in it, so that it need not stand beside it
     */
    public record Logo(Path file, boolean hasName) {}

    /** The sentences of a language that are the library's own. */
    public Map<String, String> wording(Language language) {
        return wording.getOrDefault(language, Map.of());
    }

    /** How a bin is told from others, if anybody has said. */
    public Optional<BinMark> bin(String number) {
        return Optional.ofNullable(bins.get(number));
    }

    /** A bin in a sentence: its number, and its name if it has one: {@code 3 (Kuljetus)}. */
    public String called(String number, Language language) {
        return bin(number)
                .flatMap(mark -> mark.name(language))
                .map(name -> number + " (" + name + ")")
                .orElse(number);
    }
}

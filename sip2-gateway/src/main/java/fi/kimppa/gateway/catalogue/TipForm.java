package fi.kimppa.gateway.catalogue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * What the form for a tip says, as it came without blanks around it.
 *
 * @param id of the tip that it changes; 0 for a new one
 * @param municipality code; empty for all
 * @param first such as 2026-12-24
 * @param last the same
 */
record TipForm(
        long id, String municipality, InLanguages heading, InLanguages text, String title, String first, String last) {
    /** A new tip from this day on for four weeks. */
    static TipForm empty(LocalDate today) {
        InLanguages nothing = new InLanguages("", "", "");
        return new TipForm(
                0,
                "",
                nothing,
                nothing,
                "",
                today.toString(),
                today.plusWeeks(4).toString());
    }

    static TipForm of(Tip tip) {
        return new TipForm(
                tip.id(),
                tip.municipality().orElse(""),
                tip.heading(),
                tip.text(),
                tip.title(),
                tip.first().toString(),
                tip.last().toString());
    }

    static TipForm of(Map<String, String> given) {
        String id = said(given, "id");
        return new TipForm(
                id.matches("\\d{1,18}") ? Long.parseLong(id) : 0,
                said(given, "municipality"),
                languages(given, "heading"),
                languages(given, "text"),
                said(given, "title"),
                said(given, "first"),
                said(given, "last"));
    }

    private static InLanguages languages(Map<String, String> given, String name) {
        return new InLanguages(said(given, name + "-fi"), said(given, name + "-sv"), said(given, name + "-en"));
    }

    private static String said(Map<String, String> given, String name) {
        return given.getOrDefault(name, "").strip();
    }

    /** The tip that it says; empty if a day is none. */
    Optional<Tip> tip() {
        return day(first)
                .flatMap(from -> day(last)
                        .map(to -> new Tip(
                                id,
                                Optional.of(municipality).filter(code -> !code.isEmpty()),
                                heading,
                                text,
                                title,
                                from,
                                to)));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 2000 && day.getYear() <= 2099);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}

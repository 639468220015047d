package fi.kimppa.gateway.backend.embedded;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A patron as the form has one: texts as they were typed, without blanks around them.
 *
 * @param version of what the form was filled from; 0 for a new patron
 */
record CounterPatronForm(
        String card,
        String familyName,
        String givenName,
        String birthDate,
        String category,
        String homeBranch,
        String expiresOn,
        boolean selfService,
        String pickupName,
        String email,
        String phone,
        String language,
        int version) {
    /** The languages in which patrons are written to. */
    static final List<String> LANGUAGES = List.of("fi", "sv", "en", "se");

    /** How long a new or extended card holds. */
    static final Period CARD_HOLDS = Period.ofYears(2);

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);
    private static final String NAME = "\\P{Cntrl}{1,100}";
    private static final String ALIAS = "\\P{Cntrl}{0,30}";
    private static final String EMAIL = "|(?=.{3,254}$)[^\\s@|]+@[^\\s@|]+\\.[^\\s@|]+";
    private static final String PHONE = "[+0-9 ()/-]{0,40}";

    /** An empty form. */
    static CounterPatronForm fresh(LocalDate today) {
        return new CounterPatronForm(
                "", "", "", "", "", "", today.plus(CARD_HOLDS).toString(), false, "", "", "", LANGUAGES.getFirst(), 0);
    }

    static CounterPatronForm of(CounterPatron patron) {
        return new CounterPatronForm(
                patron.card(),
                patron.familyName(),
                patron.givenName(),
                patron.birthDate().toString(),
                patron.category(),
                patron.homeBranch(),
                patron.expiresOn().toString(),
                patron.selfService(),
                Objects.requireNonNullElse(patron.pickupName(), ""),
                patron.email(),
                patron.phone(),
                patron.language(),
                patron.version());
    }

    static CounterPatronForm of(Map<String, String> given) {
        return new CounterPatronForm(
                text(given, "card"),
                text(given, "familyName"),
                text(given, "givenName"),
                text(given, "birthDate"),
                text(given, "category"),
                text(given, "homeBranch"),
                text(given, "expiresOn"),
                text(given, "selfService").equals("true"),
                text(given, "pickupName"),
                text(given, "email"),
                text(given, "phone"),
                text(given, "language"),
                whole(text(given, "version")));
    }

    static String text(Map<String, String> given, String name) {
        return given.getOrDefault(name, "").strip();
    }

    /** A number of at most eight digits; else -1, which is no version and no count. */
    static int whole(String text) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : -1;
    }

    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> !day.isBefore(EARLIEST) && !day.isAfter(LATEST));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The day of birth of a form without problems. */
    LocalDate born() {
        return day(birthDate).orElseThrow();
    }

    /** The last day of the card, of a form without problems. */
    LocalDate expires() {
        return day(expiresOn).orElseThrow();
    }

    /** What is wrong with the texts themselves, by field; the card is looked at by whoever knows the others. */
    Map<String, Refused> problems(LocalDate today, Set<String> categories, Set<String> branches) {
        Map<String, Refused> problems = new LinkedHashMap<>();
        refuse(problems, "familyName", !familyName.matches(NAME), familyName.isEmpty() ? "missing" : "text");
        refuse(problems, "givenName", !givenName.matches(NAME), givenName.isEmpty() ? "missing" : "text");
        refuse(problems, "birthDate", day(birthDate).isEmpty(), birthDate.isEmpty() ? "missing" : "date");
        refuse(
                problems,
                "birthDate",
                day(birthDate).filter(born -> born.isAfter(today)).isPresent(),
                "date.future");
        refuse(problems, "category", !categories.contains(category), "choose");
        refuse(problems, "homeBranch", !branches.contains(homeBranch), "choose");
        refuse(problems, "expiresOn", day(expiresOn).isEmpty(), expiresOn.isEmpty() ? "missing" : "date");
        refuse(problems, "pickupName", !pickupName.matches(ALIAS), "text");
        refuse(problems, "pickupName", namesThePerson(), "alias.name");
        refuse(problems, "email", !email.matches(EMAIL), "email");
        refuse(problems, "phone", !phone.matches(PHONE), "phone");
        refuse(problems, "language", !LANGUAGES.contains(language), "choose");
        return problems;
    }

    /** The first reason of a field is the one that is told. */
    private static void refuse(Map<String, Refused> problems, String field, boolean wrong, String key) {
        if (wrong) {
            problems.putIfAbsent(field, Refused.because(key));
        }
    }

    /** The alias stands on hold shelves for everybody to read. */
    private boolean namesThePerson() {
        String alias = pickupName.toLowerCase(Locale.ROOT);
        return Stream.of(familyName, givenName)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> !name.isEmpty() && alias.contains(name));
    }

    /** The fields, but for the card, of which the other form says something else: by name, what it says. */
    Map<String, String> differences(CounterPatronForm other) {
        Map<String, String> ours = fields();
        Map<String, String> differing = new LinkedHashMap<>(other.fields());
        differing.entrySet().removeIf(field -> field.getValue().equals(ours.get(field.getKey())));
        return differing;
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("familyName", familyName);
        fields.put("givenName", givenName);
        fields.put("birthDate", birthDate);
        fields.put("category", category);
        fields.put("homeBranch", homeBranch);
        fields.put("expiresOn", expiresOn);
        fields.put("selfService", Boolean.toString(selfService));
        fields.put("pickupName", pickupName);
        fields.put("email", email);
        fields.put("phone", phone);
        fields.put("language", language);
        return fields;
    }
}

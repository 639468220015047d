package fi.kimppa.gateway.backend.embedded;

import static fi.kimppa.gateway.backend.embedded.CounterPatronForm.text;
import static fi.kimppa.gateway.backend.embedded.CounterPatronForm.whole;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Title;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A work as the form has one: texts as they were typed, without blanks around them.
 *
 * @param subjects with a semicolon between them
 * @param version of what the form was filled from; 0 for a new one
 */
record CounterTitleForm(String title, String author, String ageLimit, String subjects, int version) {
    /** A new work. */
    static final CounterTitleForm EMPTY = new CounterTitleForm("", "", "0", "", 0);

    private static final int OLDEST_LIMIT = 18;

    static CounterTitleForm of(Title title) {
        return new CounterTitleForm(
                title.title(), title.author(), Integer.toString(title.ageLimit()), title.subjects(), title.version());
    }

    static CounterTitleForm of(Map<String, String> given) {
        return new CounterTitleForm(
                text(given, "title"),
                text(given, "author"),
                text(given, "ageLimit"),
                text(given, "subjects"),
                whole(text(given, "version")));
    }

    /** The age limit of a form without problems, in years; 0 for none. */
    int years() {
        return whole(ageLimit);
    }

    /** What is wrong, by field. */
    Map<String, Refused> problems() {
        Map<String, Refused> problems = new LinkedHashMap<>();
        if (!title.matches("\\P{Cntrl}{1,300}")) {
            problems.put("title", Refused.because(title.isEmpty() ? "missing" : "text"));
        }
        if (!author.matches("\\P{Cntrl}{0,200}")) {
            problems.put("author", Refused.because("text"));
        }
        if (!subjects.matches("\\P{Cntrl}{0,1000}")) {
            problems.put("subjects", Refused.because("text"));
        }
        if (years() < 0 || years() > OLDEST_LIMIT) {
            problems.put("ageLimit", Refused.because("whole", "0", Integer.toString(OLDEST_LIMIT)));
        }
        return problems;
    }

    /** The fields of which the other form says something else: by name, what it says. */
    Map<String, String> differences(CounterTitleForm other) {
        Map<String, String> differing = new LinkedHashMap<>();
        differ(differing, "title", title, other.title);
        differ(differing, "author", author, other.author);
        differ(differing, "ageLimit", ageLimit, other.ageLimit);
        differ(differing, "subjects", subjects, other.subjects);
        return differing;
    }

    private static void differ(Map<String, String> differing, String field, String ours, String others) {
        if (!ours.equals(others)) {
            differing.put(field, others);
        }
    }
}

package fi.kimppa.gateway.backend.embedded;

import static fi.kimppa.gateway.backend.embedded.CounterPatronForm.text;
import static fi.kimppa.gateway.backend.embedded.CounterPatronForm.whole;

import fi.kimppa.gateway.backend.embedded.CounterCollection.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A copy as the form has one: texts as they were typed, without blanks around them.
 *
 * @param version of what the form was filled from; 0 for a new one
 */
record CounterItemForm(
        String number,
        String type,
        String homeBranch,
        String callNumber,
        String collection,
        String parts,
        boolean forLoan,
        int version) {
    /** A new copy. */
    static final CounterItemForm EMPTY = new CounterItemForm("", "BOOK", "", "", "", "1", true, 0);

    private static final int MOST_PARTS = 99;

    static CounterItemForm of(Item item) {
        return new CounterItemForm(
                item.number(),
                item.type(),
                item.homeBranch(),
                item.callNumber(),
                item.collection(),
                Integer.toString(item.parts()),
                item.forLoan(),
                item.version());
    }

    static CounterItemForm of(Map<String, String> given) {
        return new CounterItemForm(
                text(given, "number"),
                text(given, "type"),
                text(given, "homeBranch"),
                text(given, "callNumber"),
                text(given, "collection"),
                text(given, "parts"),
                text(given, "forLoan").equals("true"),
                whole(text(given, "version")));
    }

    /** How many parts the copy of a form without problems has. */
    int count() {
        return whole(parts);
    }

    /** What is wrong with the texts themselves, by field; the number is looked at by whoever knows the rules. */
    Map<String, Refused> problems(Set<String> types, Set<String> branches) {
        Map<String, Refused> problems = new LinkedHashMap<>();
        refuse(problems, "type", !types.contains(type), "choose");
        refuse(problems, "homeBranch", !branches.contains(homeBranch), "choose");
        refuse(problems, "callNumber", !callNumber.matches("\\P{Cntrl}{0,64}"), "text");
        refuse(problems, "collection", !collection.matches("\\P{Cntrl}{0,32}"), "text");
        if (count() < 1 || count() > MOST_PARTS) {
            problems.put("parts", Refused.because("whole", "1", Integer.toString(MOST_PARTS)));
        }
        return problems;
    }

    private static void refuse(Map<String, Refused> problems, String field, boolean wrong, String key) {
        if (wrong) {
            problems.put(field, Refused.because(key));
        }
    }

    /** The fields, but for the number, of which the other form says something else: by name, what it says. */
    Map<String, String> differences(CounterItemForm other) {
        Map<String, String> ours = fields();
        Map<String, String> differing = new LinkedHashMap<>(other.fields());
        differing.entrySet().removeIf(field -> field.getValue().equals(ours.get(field.getKey())));
        return differing;
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("homeBranch", homeBranch);
        fields.put("callNumber", callNumber);
        fields.put("collection", collection);
        fields.put("parts", parts);
        fields.put("forLoan", Boolean.toString(forLoan));
        return fields;
    }
}

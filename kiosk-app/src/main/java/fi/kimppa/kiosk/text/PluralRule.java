package fi.kimppa.kiosk.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which form of a counted sentence a whole number takes, in the notation of Unicode CLDR without its fractions:
 * {@code one: n = 1; two: n = 2}, or {@code one: n % 10 = 1 and n % 100 != 11}. The first form whose conditions all hold is
 * taken, else {@code other}. Pure.
 */
final class PluralRule {
    /** The form for numbers that no condition names. */
    static final String OTHER = "other";

    private static final Pattern FORM = Pattern.compile("\\s*(zero|one|two|few|many)\\s*:\\s*(.+?)\\s*");
    private static final Pattern CONDITION = Pattern.compile(
            "n\\s*(?:%\\s*(\\d{1,4})\\s*)?(!?=)\\s*(\\d+(?:\\.\\.\\d+)?(?:\\s*,\\s*\\d+(?:\\.\\.\\d+)?)*)");

    private final List<Form> forms;

    private PluralRule(List<Form> forms) {
        this.forms = forms;
    }

    private record Form(String name, List<Condition> conditions) {}

    /**
     * A condition on a number.
     *
     * @param modulus what the number is divided by before it is compared; 0 for not at all
     */
    private record Condition(int modulus, boolean among, List<Range> ranges) {
        boolean holds(int n) {
            int rest = modulus == 0 ? n : n % modulus;
            return among == ranges.stream().anyMatch(range -> range.first <= rest && rest <= range.last);
        }
    }

    private record Range(int first, int last) {}

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException naming the part that cannot be read
     */
    static PluralRule parse(String rule) {
        List<Form> forms = new ArrayList<>();
        for (String part : rule.split(";", -1)) {
            Matcher form = FORM.matcher(part);
            if (!form.matches()) {
                throw wrong(part);
            }
            forms.add(new Form(
                    form.group(1),
                    Arrays.stream(form.group(2).split("\\s+and\\s+", -1))
                            .map(PluralRule::condition)
                            .toList()));
        }
        return new PluralRule(List.copyOf(forms));
    }

    private static Condition condition(String text) {
        Matcher condition = CONDITION.matcher(text);
        if (!condition.matches()) {
            throw wrong(text);
        }
        int modulus =
                Optional.ofNullable(condition.group(1)).map(Integer::valueOf).orElse(0);
        return new Condition(
                modulus,
                "=".equals(condition.group(2)),
                Arrays.stream(condition.group(3).split(",", -1))
                        .map(String::strip)
                        .map(PluralRule::range)
                        .toList());
    }

    private static Range range(String text) {
        List<Integer> ends =
                Arrays.stream(text.split("\\.\\.", -1)).map(Integer::valueOf).toList();
        return new Range(ends.getFirst(), ends.getLast());
    }

    private static IllegalArgumentException wrong(String part) {
        return new IllegalArgumentException("\"" + part.strip()
                + "\" is no rule; write one like \"one: n = 1; few: n % 10 = 2..4 and n % 100 != 12..14\"");
    }

    /** The form of a number. */
    String form(int n) {
        return forms.stream()
                .filter(form -> form.conditions.stream().allMatch(condition -> condition.holds(n)))
                .map(Form::name)
                .findFirst()
                .orElse(OTHER);
    }

    /** Every form of this rule, {@code other} last. */
    List<String> forms() {
        return Stream.concat(forms.stream().map(Form::name), Stream.of(OTHER)).toList();
    }
}

package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.consortium.ConsortiumSection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Writes a consortium's file: the same consortium gives the same characters. Sections stand in their order, everything in
 * them by name; settings with a plan have their days below them.
 */
final class CharterWriter {
    /** What every YAML reader takes for the text that it is; times and other words with colons are not. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-zÅÄÖåäö1-9]([\\wÅÄÖåäö.,()/+-]| (?!#))*+(?<! )");

    private static final String GROUP_SIGN = ".";

    private final StringBuilder out = new StringBuilder();

    private CharterWriter() {}

    /** The whole file, with a comment at its top. */
    static String write(Charter charter, List<ConsortiumSection> sections, List<String> comment) {
        CharterWriter writer = new CharterWriter();
        comment.forEach(line -> writer.out.append(("# " + line).strip()).append('\n'));
        charter.name().ifPresent(name -> writer.line(0, CharterReader.NAME, name));
        sections.stream()
                .filter(section -> charter.has(section.name()))
                .forEach(section -> writer.section(section, charter.rows(section.name())));
        return writer.out.toString();
    }

    private void section(ConsortiumSection section, SortedMap<String, SortedMap<String, String>> rows) {
        out.append('\n');
        open(0, section.name());
        rows.forEach((row, attributes) -> {
            if (section.flat()) {
                line(1, row, attributes.getOrDefault("", ""));
            } else {
                open(1, row);
                attributes(section, row, attributes);
            }
        });
    }

    /** Attributes in the section's order, those of a group below one key; then those that follow a pattern, by name. */
    private void attributes(ConsortiumSection section, String row, SortedMap<String, String> attributes) {
        List<String> order = new ArrayList<>();
        section.attributes(row).stream()
                .map(attribute -> section.group(attribute.name()))
                .forEach(group -> attributes.keySet().stream()
                        .filter(name -> section.group(name).equals(group) && !order.contains(name))
                        .forEach(order::add));
        String open = "";
        for (String name : order) {
            String group = section.group(name);
            boolean grouped = order.stream()
                                    .filter(other -> section.group(other).equals(group))
                                    .count()
                            > 1
                    || !name.equals(group);
            if (grouped && !group.equals(open)) {
                open(2, group);
                open = group;
            }
            String inside = name.equals(group) ? "now" : name.substring(group.length() + GROUP_SIGN.length());
            if (grouped) {
                line(3, inside, attributes.getOrDefault(name, ""));
            } else {
                line(2, name, attributes.getOrDefault(name, ""));
            }
        }
    }

    // ---- text --------------------------------------------------------------------------------------------

    private void open(int depth, String key) {
        out.append("  ".repeat(depth)).append(scalar(key)).append(":\n");
    }

    private void line(int depth, String key, String text) {
        out.append("  ".repeat(depth))
                .append(scalar(key))
                .append(": ")
                .append(scalar(text))
                .append('\n');
    }

    /** A text as it stands in the file: as it is where nobody can take it for something else, else in quotes. */
    static String scalar(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(sign -> {
            if (sign == '"' || sign == '\\') {
                quoted.append('\\').appendCodePoint(sign);
            } else if (readable(sign)) {
                quoted.appendCodePoint(sign);
            } else {
                quoted.append("\\U").append(HexFormat.of().toHexDigits(sign));
            }
        });
        return quoted.append('"').toString();
    }

    /** Signs that YAML takes as they are in quotes; line ends of every kind are not among them. */
    private static boolean readable(int sign) {
        boolean ascii = sign >= ' ' && sign < 0x7F;
        boolean further = sign >= 0xA0 && sign <= 0xD7FF;
        return (ascii || further) && sign != 0x2028 && sign != 0x2029;
    }
}

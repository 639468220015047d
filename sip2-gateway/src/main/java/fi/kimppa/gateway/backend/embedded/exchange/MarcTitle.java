package fi.kimppa.gateway.backend.embedded.exchange;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marc4j.marc.ControlField;
import org.marc4j.marc.DataField;
import org.marc4j.marc.MarcFactory;
import org.marc4j.marc.Record;
import org.marc4j.marc.Subfield;

/** A title with its things, to and from a record of MARC 21. Pure. */
final class MarcTitle {
    private static final Pattern AGE = Pattern.compile("\\D*(\\d{1,2})\\D*");
    private static final Set<String> SUBJECTS = Set.of("650", "651", "653", "655");
    private static final String NEW_RECORD = "00000nam a2200000 a 4500";

    private final HoldingsField holdings;

    MarcTitle(HoldingsField holdings) {
        this.holdings = holdings;
    }

    // ---- from a record -----------------------------------------------------------------------------------

    /**
     * The things of a record, as rows; none if it has none with a number.
     *
     * @param number of the record in its file, from 1
     */
    List<Row> rows(Record record, long number) {
        Map<String, String> title = new HashMap<>();
        title.put(ItemTable.TITLE_NUMBER, "#" + number);
        title.put(ItemTable.TITLE, ofFirst(record, "245", "abnp"));
        title.put(
                ItemTable.AUTHOR,
                Stream.of("100", "110", "111")
                        .map(tag -> ofFirst(record, tag, "abcd"))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
        title.put(ItemTable.AGE_LIMIT, age(record));
        String subjects = subjects(record);
        if (!subjects.isEmpty()) {
            title.put(ItemTable.SUBJECTS, subjects);
        }
        List<Row> rows = new ArrayList<>();
        for (DataField field : record.getDataFields()) {
            if (field.getTag().equals(holdings.tag())
                    && !text(field, holdings.number()).isEmpty()) {
                Map<String, String> texts = new HashMap<>(title);
                texts.putAll(thing(field));
                rows.add(new Row(number, rows.size() + 1, texts));
            }
        }
        return rows;
    }

    private Map<String, String> thing(DataField field) {
        Map<String, String> texts = new HashMap<>();
        texts.put(ItemTable.NUMBER, text(field, holdings.number()));
        texts.put(ItemTable.HOME_BRANCH, text(field, holdings.homeBranch()));
        String type = text(field, holdings.type());
        texts.put(ItemTable.TYPE, type.isEmpty() ? holdings.fallbackType() : type);
        put(texts, ItemTable.CURRENT_BRANCH, field, holdings.currentBranch());
        put(texts, ItemTable.CALL_NUMBER, field, holdings.callNumber());
        put(texts, ItemTable.COLLECTION, field, holdings.collection());
        // Other systems write words here.
        Optional.of(text(field, holdings.parts()))
                .filter(text -> text.matches("\\d{1,2}"))
                .ifPresent(parts -> texts.put(ItemTable.PARTS, parts));
        if (!holdings.notForLoan().isEmpty()) {
            String not = text(field, holdings.notForLoan());
            texts.put(ItemTable.FOR_LOAN, String.valueOf(not.isEmpty() || not.equals("0")));
        }
        return texts;
    }

    private static void put(Map<String, String> texts, String column, DataField field, String subfield) {
        if (!subfield.isEmpty()) {
            texts.put(column, text(field, subfield));
        }
    }

    private static String text(DataField field, String subfield) {
        if (subfield.isEmpty()) {
            return "";
        }
        Subfield found = field.getSubfield(subfield.charAt(0));
        return found == null ? "" : data(found);
    }

    /** Accents become one character with their letter: records have them apart, and what is compared has not. */
    private static String data(Subfield subfield) {
        String text = subfield.getData();
        return text == null ? "" : Normalizer.normalize(text, Form.NFC).strip();
    }

    /** What stands in these subfields of the first field of this tag, in their order there, without punctuation at the end. */
    private static String ofFirst(Record record, String tag, String subfields) {
        return record.getDataFields().stream()
                .filter(field -> field.getTag().equals(tag))
                .findFirst()
                .map(field -> field.getSubfields().stream()
                        .filter(subfield -> subfields.indexOf(subfield.getCode()) >= 0)
                        .map(MarcTitle::data)
                        .collect(Collectors.joining(" ")))
                .map(text -> text.replaceAll("[\\s/:;,=]+$", ""))
                .orElse("");
    }

    /** Topics, places, free words and genres, each once, in the order of the record. */
    private static String subjects(Record record) {
        return record.getDataFields().stream()
                .filter(field -> SUBJECTS.contains(field.getTag()))
                .map(field -> text(field, "a").replaceAll("[\\s.;]+$", ""))
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String age(Record record) {
        Matcher age = AGE.matcher(ofFirst(record, "521", "a"));
        return age.matches() && Integer.parseInt(age.group(1)) <= 18 ? age.group(1) : "0";
    }

    // ---- to a record -------------------------------------------------------------------------------------

    /**
     * The record of a title.
     *
     * @param things texts by column of its things, one at least
     */
    Record record(List<Map<String, String>> things) {
        MarcFactory factory = MarcFactory.newInstance();
        Map<String, String> title = things.getFirst();
        Record record = factory.newRecord(NEW_RECORD);
        ControlField number = factory.newControlField("001", title.getOrDefault(ItemTable.TITLE_NUMBER, ""));
        record.addVariableField(number);
        String author = title.getOrDefault(ItemTable.AUTHOR, "");
        if (!author.isEmpty()) {
            record.addVariableField(factory.newDataField("100", '1', ' ', "a", author));
        }
        record.addVariableField(factory.newDataField(
                "245", author.isEmpty() ? '0' : '1', '0', "a", title.getOrDefault(ItemTable.TITLE, "")));
        String age = title.getOrDefault(ItemTable.AGE_LIMIT, "0");
        if (!age.equals("0")) {
            record.addVariableField(factory.newDataField("521", '8', ' ', "a", age));
        }
        Stream.of(title.getOrDefault(ItemTable.SUBJECTS, "").split(";", -1))
                .map(String::strip)
                .filter(subject -> !subject.isEmpty())
                .forEach(subject -> record.addVariableField(factory.newDataField("653", ' ', ' ', "a", subject)));
        things.forEach(thing -> record.addVariableField(field(factory, thing)));
        return record;
    }

    private DataField field(MarcFactory factory, Map<String, String> thing) {
        DataField field = factory.newDataField(holdings.tag(), ' ', ' ');
        add(factory, field, holdings.number(), thing.getOrDefault(ItemTable.NUMBER, ""));
        add(factory, field, holdings.homeBranch(), thing.getOrDefault(ItemTable.HOME_BRANCH, ""));
        add(factory, field, holdings.currentBranch(), thing.getOrDefault(ItemTable.CURRENT_BRANCH, ""));
        add(factory, field, holdings.callNumber(), thing.getOrDefault(ItemTable.CALL_NUMBER, ""));
        add(factory, field, holdings.type(), thing.getOrDefault(ItemTable.TYPE, ""));
        add(factory, field, holdings.collection(), thing.getOrDefault(ItemTable.COLLECTION, ""));
        add(factory, field, holdings.parts(), thing.getOrDefault(ItemTable.PARTS, ""));
        add(
                factory,
                field,
                holdings.notForLoan(),
                thing.getOrDefault(ItemTable.FOR_LOAN, "").equals("false") ? "1" : "0");
        return field;
    }

    private static void add(MarcFactory factory, DataField field, String subfield, String text) {
        if (!subfield.isEmpty() && !text.isEmpty()) {
            field.addSubfield(factory.newSubfield(subfield.charAt(0), text));
        }
    }
}

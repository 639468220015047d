package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes the fields of a frame one by one; what nobody took is the message's extras. A required field that the
 * peer left out reads as empty (sip2.md section 13). Not for use by several threads.
 */
final class FieldReader {
    private static final Predicate<String> AMOUNT =
            Pattern.compile("\\s*-?\\d{1,12}([.,]\\d{1,6})?\\s*").asMatchPredicate();
    private static final Predicate<String> NUMBER = Pattern.compile("\\d{1,9}").asMatchPredicate();

    private final Frame frame;
    private final List<CodedField> left;

    FieldReader(Frame frame) {
        this.frame = frame;
        this.left = new ArrayList<>(frame.fields());
    }

    // ---- fixed fields ------------------------------------------------------------------------------------

    String fixed(FixedField field) {
        return frame.fixed(field);
    }

    /** Y, y or 1. */
    boolean yes(FixedField field) {
        return isYes(frame.fixed(field));
    }

    Timestamp time(FixedField field) {
        return new Timestamp(frame.fixed(field));
    }

    /** Four digits; blanks and anything else mean unknown. */
    OptionalInt count(FixedField field) {
        String text = frame.fixed(field);
        return text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    // ---- coded fields ------------------------------------------------------------------------------------

    String text(Field field) {
        return optional(field).orElse("");
    }

    Optional<String> optional(Field field) {
        return matching(field, _ -> true);
    }

    /** A barcode: blanks around it are a scanner's, not the number's (edge-sip2 SIP2-98). */
    String barcode(Field field) {
        return text(field).strip();
    }

    Optional<String> optionalBarcode(Field field) {
        return optional(field).map(String::strip);
    }

    Optional<Secret> optionalSecret(Field field) {
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) instanceof CodedField.Hidden(String code, Secret value) && code.equals(field.code())) {
                left.remove(i);
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    Secret secret(Field field) {
        return optionalSecret(field).orElseGet(Secret::empty);
    }

    Optional<Boolean> optionalYes(Field field) {
        return optional(field).map(FieldReader::isYes);
    }

    /** A money amount with point or comma; an unreadable one stays among the extras. */
    Optional<BigDecimal> amount(Field field) {
        return matching(field, AMOUNT).map(value -> new BigDecimal(value.strip().replace(',', '.')));
    }

    /** A number in a coded field such as BZ; an unreadable one stays among the extras. */
    OptionalInt number(Field field) {
        return matching(field, NUMBER).stream().mapToInt(Integer::parseInt).findFirst();
    }

    /** A date in a coded field such as CJ; one of another width stays among the extras. */
    Optional<Timestamp> time(Field field) {
        return matching(field, text -> text.length() == 18).map(Timestamp::new);
    }

    private Optional<String> matching(Field field, Predicate<String> form) {
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) instanceof CodedField.Text(String code, String value)
                    && code.equals(field.code())
                    && form.test(value)) {
                left.remove(i);
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    List<String> all(Field field) {
        List<String> values = new ArrayList<>();
        for (Optional<String> next = optional(field); next.isPresent(); next = optional(field)) {
            values.add(next.get());
        }
        return values;
    }

    /** What nobody asked for, in wire order. */
    List<CodedField> rest() {
        return List.copyOf(left);
    }

    private static boolean isYes(String value) {
        return value.equals("Y") || value.equals("y") || value.equals("1");
    }
}

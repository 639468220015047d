package fi.kimppa.sip2.wire;

/**
 * One coded field of a frame: two letters and a value. Passwords are held apart from text, so that no code can
 * print one by accident.
 */
public sealed interface CodedField {
    /** The two letters (or whatever two characters a vendor invented). */
    String code();

    /** A field whose value is text. */
    record Text(String code, String value) implements CodedField {
        @Override
        public String toString() {
            boolean masked = Field.of(code)
                    .map(field -> field.privacy() != Field.Privacy.PLAIN)
                    .orElse(false);
            return code + (masked && !value.isEmpty() ? "***" : value);
        }
    }

    /** A password or PIN. */
    record Hidden(String code, Secret value) implements CodedField {
        @Override
        public String toString() {
            return code + (value.isEmpty() ? "" : "***");
        }
    }

    /** A text field. */
    static CodedField of(Field field, String value) {
        return new Text(field.code(), value);
    }

    /** A password field. */
    static CodedField of(Field field, Secret value) {
        return new Hidden(field.code(), value);
    }
}

package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.util.List;

/** What a kiosk of ours asks for in CH of a 63, beyond the standard (docs/decisions/0064-the-account-asks-one-thing-at-a-time.md). */
public enum Tell {
    /** The name under which the patron's holds stand on the shelf: PN. */
    PICKUP_NAME("tell=pickup-name"),
    /** The patron's own language, in the place of the one in which was asked. */
    LANGUAGE("tell=language");

    private final String word;

    Tell(String word) {
        this.word = word;
    }

    /** Whether this 63 asks for it. */
    public boolean isAskedBy(PatronInformation request) {
        return request.extras().stream()
                .anyMatch(field -> field instanceof CodedField.Text(String code, String words)
                        && code.equals(Field.CH.code())
                        && List.of(words.split("[;,\\s]+")).contains(word));
    }
}

package fi.kimppa.kiosk.runtime;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report, where there is one, as {@code deploy/contract/tag-order.json}, {@code configuration-answer.json} and
 * {@code restart-answer.json} have it.
 *
 * @param tagOrder what is to be written
 * @param configuration version of what the gateway wants of the terminal's settings
 * @param restart true where staff elsewhere want the program started anew
 */
record ReportAnswer(
        @Nullable Command tagOrder,
        @Nullable String configuration,
        @Nullable Boolean restart) {
    /**
     * An order to write a tag.
     *
     * @param millisLeft how long it holds
     * @param owner ISIL; empty for none
     */
    record Command(UUID id, long millisLeft, String item, String owner, int part, int parts, String model) {}
}

package fi.kimppa.kiosk.runtime;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report, where there is one, as {@code deploy/contract/tag-order.json} has it.
 *
 * @param tagOrder what is to be written
 */
record ReportAnswer(@Nullable Command tagOrder) {
    /**
     * An order to write a tag.
     *
     * @param millisLeft how long it holds
     * @param owner ISIL; empty for none
     */
    record Command(UUID id, long millisLeft, String item, String owner, int part, int parts, String model) {}
}

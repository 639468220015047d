package fi.kimppa.kiosk.door;

import java.util.Map;

/**
 * The gateway's decision, as {@code POST /api/entries} answers it (deploy/contract).
 *
 * @param granted whether the door may open
 * @param reason {@code GRANTED} or why not
 * @param unlockMillis for how long the lock is released, ms
 * @param parameters what fills the sentence
 */
public record EntryAnswer(boolean granted, String reason, long unlockMillis, Map<String, String> parameters) {
    /** Takes a copy. */
    public EntryAnswer {
        parameters = Map.copyOf(parameters);
    }
}

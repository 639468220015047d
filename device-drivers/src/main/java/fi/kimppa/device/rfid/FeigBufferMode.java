package fi.kimppa.device.rfid;

import fi.kimppa.device.link.ByteLink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a FEIG reader in buffered read mode has read by itself: asked for, and kept until the next inventory.
 *
 * <p>Threads: one at a time, as {@link FeigLine}.
 */
final class FeigBufferMode {
    /** A buffer of more answers than this is a reader that says "more" for ever. */
    private static final int MOST_ROUNDS = 64;

    private static final byte[] WHOLE_BUFFER = {0, (byte) 0xFF};

    private final FeigLine line;
    private final Map<Uid, Blocks> memories = new LinkedHashMap<>();
    private boolean namesNoTags;

    FeigBufferMode(FeigLine line) {
        this.line = line;
    }

    /** The reader is set up to say nothing by which a tag could be told from another. */
    boolean namesNoTags() {
        return namesNoTags;
    }

    /** What the reader read since it was asked last. It forgets what was read only when it is told that it arrived. */
    Map<Uid, Integer> inventory(ByteLink link) {
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        FeigAnswer answer = line.ask(link, FeigCommand.READ_BUFFER, WHOLE_BUFFER);
        for (int round = 0; answer.hasData() && answer.data().length > 0 && round < MOST_ROUNDS; round++) {
            FeigBuffer buffer = FeigBuffer.parse(answer.data());
            namesNoTags = buffer.namesNoTags();
            for (FeigBuffer.Entry entry : buffer.records()) {
                entry.uid().ifPresent(uid -> {
                    seen.put(uid, 0);
                    entry.memory().ifPresent(blocks -> memories.put(uid, blocks));
                });
            }
            line.ask(link, FeigCommand.CLEAR_BUFFER);
            if (answer.status() != FeigCommand.MORE_DATA) {
                break;
            }
            answer = line.ask(link, FeigCommand.READ_BUFFER, WHOLE_BUFFER);
        }
        return seen;
    }

    /** The first blocks of a tag, if the reader read them by itself. */
    Optional<Blocks> memory(Uid uid) {
        return Optional.ofNullable(memories.get(uid));
    }

    /** What was read of a tag is not so any more. */
    void forget(Uid uid) {
        memories.remove(uid);
    }

    /** Nothing that was read is so any more. */
    void forgetAll() {
        memories.clear();
    }
}

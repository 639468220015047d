package fi.kimppa.gateway.backend.embedded.exchange;

import java.time.Instant;
import java.util.Optional;

/**
 * A file on its way into the store.
 *
 * @param id its number
 * @param kind what it brings
 * @param file its name on the computer of whoever brought it
 * @param holdings name of the field of holdings; empty for files of commas
 * @param overwrite what becomes of rows that are there with other texts
 * @param state how far it is
 * @param who brought it
 * @param startedAt by the gateway's clock
 * @param endedAt when its dry run, or its writing, ended
 * @param bytes of the file
 * @param bytesRead how many of them were read
 * @param atRecord the last record that was read, or written
 * @param atPart which of its things
 * @param read rows of the file so far
 * @param usable those that can be written
 * @param counts what became of them, or would
 */
record ImportJob(
        long id,
        Kind kind,
        String file,
        String holdings,
        boolean overwrite,
        State state,
        String who,
        Instant startedAt,
        Optional<Instant> endedAt,
        long bytes,
        long bytesRead,
        long atRecord,
        int atPart,
        long read,
        long usable,
        Counts counts) {
    /** How far it is. */
    enum State {
        /** It comes in. */
        UPLOADING,
        /** It is read, and compared with the store: the dry run. */
        READING,
        /** The dry run has ended, and somebody must decide. */
        CHECKED,
        /** It is written. */
        WRITING,
        /** It is written to the end. */
        DONE,
        /** Nothing could be read. */
        UNREADABLE,
        /** The gateway could not go on. */
        FAILED
    }

    /** Rows by what became of them, or would. */
    record Counts(long added, long changed, long same, long skipped, long refused) {
        long written() {
            return added + changed + same + skipped;
        }
    }

    /** Whether a gateway is at it, or will be in a moment. */
    boolean moves() {
        return state == State.UPLOADING || state == State.READING || state == State.WRITING;
    }

    /** Rows that the writing has come past. Those that the dry run refused are counted as refused and are not among them. */
    long rowsDone() {
        return counts.written() + counts.refused() - (read - usable);
    }
}

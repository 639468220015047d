package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file, read from its beginning to its end; what cannot be read is told and the next is read. One thread. */
interface RowSource extends Closeable {
    /**
     * What was read of one line or record.
     *
     * @param record its number, from 1
     * @param rows what it says; texts are as they stand there
     * @param findings what is wrong with it
     */
    record Read(long record, List<Row> rows, List<Finding> findings) {}

    /** The next line or record; empty at the end. */
    Optional<Read> next() throws IOException;
}

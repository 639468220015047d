package fi.kimppa.device;

/** What is counted of a device's work, beside conversations and failures. The names go to metrics as they are. */
public enum Counter {
    /** Tags, cards or codes that were read and understood. */
    READS_GOOD,
    /** Tags, cards or codes that were there and could not be read or understood. */
    READS_FAILED,
    /** Tags that were written and read back. */
    WRITES_GOOD,
    /** Tags that were there and do not hold what they should. */
    WRITES_FAILED,
    /** Receipts that the printer confirmed. */
    PRINTS,
    /** Receipts that were not sent to a printer that could not print them. */
    PRINTS_REFUSED,
    /** Receipts of which it is not known whether they are on paper. */
    PRINTS_UNCONFIRMED,
    /** Cuts of the receipts that were sent, confirmed or not: what wears the cutter. */
    CUTS,
    /** Times that a lock was released. */
    RELEASES
}

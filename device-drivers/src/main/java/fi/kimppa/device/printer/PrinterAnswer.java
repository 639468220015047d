package fi.kimppa.device.printer;

/** What a printer sends. */
sealed interface PrinterAnswer {
    /** The answer to one {@code DLE EOT}. */
    record RealTime(int status) implements PrinterAnswer {}

    /** A status that it sends by itself after {@code GS a}; the fourth byte of it says nothing that is needed. */
    record Automatic(PrinterStatus status) implements PrinterAnswer {}

    /** The answer to {@code GS r}: everything before that is on paper. */
    record Reached(int status) implements PrinterAnswer {}

    /** The answer to {@code GS I} with a name or a number. */
    record Text(String text) implements PrinterAnswer {}

    /** The answer to {@code DLE DC4 8}: its buffers are empty. */
    record Cleared() implements PrinterAnswer {}

    /** The last four of the six bytes that answer Custom's {@code DLE EOT 20}. */
    record Full(int paper, int user, int recoverable, int unrecoverable) implements PrinterAnswer {}

    /** The answer to Custom's {@code GS E1h}: how much paper is left. */
    record PaperLeft(int centimetres) implements PrinterAnswer {}
}

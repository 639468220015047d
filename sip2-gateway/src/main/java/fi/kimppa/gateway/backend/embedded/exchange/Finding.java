package fi.kimppa.gateway.backend.embedded.exchange;

/**
 * What staff must know of a row of a file.
 *
 * @param record number of the line for a file of commas, of the record for MARC; from 1
 * @param field the column, or the field of MARC; may be empty
 * @param why the kind
 * @param said what stands in the file
 * @param here what stands in the store, or else what matters: the line of the first of two
 */
record Finding(long record, String field, Why why, String said, String here) {
    /** The kinds. */
    enum Why {
        /** The head line names a column that is not known; it is left out. */
        UNKNOWN_COLUMN,
        /** The head line lacks the column without which no row can be told from another; nothing is read. */
        MISSING_COLUMN,
        /** There is no row, or no record. */
        NOTHING,
        /** A row has more cells than the head line. */
        CELLS,
        /** A quotation mark is not closed, or stands where none may. */
        QUOTES,
        /** The text is not in the encoding that it should be in. */
        ENCODING,
        /** The row or the record is too long. */
        TOO_LONG,
        /** The record is not MARC. */
        BROKEN,
        /** The record has no thing with a number. */
        NO_THINGS,
        /** A text that every new row needs is empty, or its column is not there. */
        EMPTY,
        /** The text is none that may stand there. */
        FORM,
        /** The number's check digit is wrong. */
        CHECK_DIGIT,
        UNKNOWN_BRANCH,
        UNKNOWN_MUNICIPALITY,
        UNKNOWN_CATEGORY,
        UNKNOWN_TYPE,
        UNKNOWN_CARD,
        UNKNOWN_ITEM,
        /** The same is in the file before. */
        TWICE,
        /** It is in the store with another text. */
        EXISTS,
        /** The thing is lent to somebody else. */
        LENT,
        /** Another row has it already: a pick-up name, a hold of the same title. */
        NOT_UNIQUE
    }

    static Finding of(long record, String field, Why why, String said) {
        return new Finding(record, field, why, said, "");
    }
}

package fi.kimppa.gateway.backend.embedded.exchange;

import java.util.Map;

/**
 * What a file says of one patron, thing, loan, hold or fee.
 *
 * @param record the line or record, from 1
 * @param part which of the record's things, from 1; 1 in a file of commas
 * @param texts by column; only of the columns that the file has
 */
record Row(long record, int part, Map<String, String> texts) {}

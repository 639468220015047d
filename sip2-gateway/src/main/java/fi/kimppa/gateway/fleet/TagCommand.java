package fi.kimppa.gateway.fleet;

import java.util.UUID;

/**
 * What a staff pad is told to write.
 *
 * @param id of the order
 * @param millisLeft how long it holds; a span, because the terminal's clock may be wrong
 * @param item its number
 * @param owner ISIL; empty for none
 * @param part which one, from 1 on
 * @param parts how many there are
 * @param model of the tag's content
 */
record TagCommand(UUID id, long millisLeft, String item, String owner, int part, int parts, String model) {}

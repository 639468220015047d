/**
 * The embedded store as a catalogue: titles found by their words in Finnish and Swedish, by beginnings and in spite of small
 * mistakes, and where their copies are. Answers through the port of {@link fi.kimppa.gateway.catalogue}; reads the store's tables
 * and changes nothing.
 */
@NullMarked
package fi.kimppa.gateway.backend.embedded.catalogue;

import org.jspecify.annotations.NullMarked;

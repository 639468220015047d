/**
 * Finna, the national search service, as a catalogue: what its open interface at api.finna.fi finds. Of copies and holds
 * it says nothing. Answers through the port of {@link fi.kimppa.gateway.catalogue}.
 */
@NullMarked
package fi.kimppa.gateway.backend.finna;

import org.jspecify.annotations.NullMarked;

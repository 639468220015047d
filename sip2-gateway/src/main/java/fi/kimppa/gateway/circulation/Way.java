package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.routing.Decision;
import java.util.Optional;

/**
 * What a machine is told of where a returned thing goes.
 *
 * @param decision what the rules make of it, and why
 * @param bin CL
 * @param screen AF, for the patron
 * @param slip AG, for the slip
 */
public record Way(Decision decision, String bin, Optional<String> screen, Optional<String> slip) {}

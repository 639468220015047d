/**
 * Koha as a library system, by its REST interface for all that it offers there; returns, and what happened while a machine
 * was off-line, go to Koha's SIP2 server, which the sip2 backend speaks with. Imported by nobody: it answers through the
 * port of circulation. What Koha does is in Koha-Community/Koha: {@code api/v1/swagger}, {@code Koha/REST/V1},
 * {@code C4/Circulation.pm}.
 */
@NullMarked
package fi.kimppa.gateway.backend.koha;

import org.jspecify.annotations.NullMarked;

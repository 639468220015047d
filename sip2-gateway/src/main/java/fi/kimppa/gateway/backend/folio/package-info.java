/**
 * FOLIO as a library system, over its HTTP interfaces: one service account for all, one service point for each branch.
 * One desk per kind of service, as in the embedded backend; what FOLIO's refusals mean is the table
 * {@link fi.kimppa.gateway.backend.folio.ErrorCode}. Imported by nobody: it answers through the port of circulation.
 */
@NullMarked
package fi.kimppa.gateway.backend.folio;

import org.jspecify.annotations.NullMarked;

/**
 * A small circulation backend on the gateway's own PostgreSQL, for demonstrations, tests and libraries without
 * another. Imported by nobody: it answers through the port of circulation. Rules are pure functions in
 * {@link fi.kimppa.gateway.backend.embedded.LoanRules}; the truth is kept by the constraints of the schema.
 */
@NullMarked
package fi.kimppa.gateway.backend.embedded;

import org.jspecify.annotations.NullMarked;

/**
 * A small circulation backend on the gateway's own PostgreSQL, for demonstrations, tests and libraries without
 * another. Imported by nobody: it answers through the port of circulation. Rules are pure functions in
 * {@link fi.kimppa.gateway.backend.embedded.LoanRules}; the truth is kept by the constraints of the schema.
 *
 * <p>Two kinds of classes serve people: a {@code …Desk} answers machines, one kind of request each; {@code Counter…} is
 * the staff's desk with its pages.
 */
@NullMarked
package fi.kimppa.gateway.backend.embedded;

import org.jspecify.annotations.NullMarked;

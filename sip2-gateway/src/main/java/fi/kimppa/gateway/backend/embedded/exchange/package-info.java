/**
 * What goes into the embedded store and out of it as files: patrons, things, loans, holds and fees, by dry run and import, and all
 * of a municipality when it leaves. {@link fi.kimppa.gateway.backend.embedded.exchange.Table} is one kind of rows,
 * {@link fi.kimppa.gateway.backend.embedded.exchange.Judge} decides what becomes of a row, and
 * {@link fi.kimppa.gateway.backend.embedded.exchange.ImportWorker} does it. Uses the store's schema, its hashes of PINs, files of
 * commas, and the consortium; nobody uses it.
 */
@NullMarked
package fi.kimppa.gateway.backend.embedded.exchange;

import org.jspecify.annotations.NullMarked;

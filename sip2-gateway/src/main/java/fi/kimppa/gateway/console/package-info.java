/**
 * The staff's pages around what each feature shows: sign-in and its lock-out, roles, languages, layout, and the
 * security of everything that is spoken over HTTP. Uses the consortium to know terminals and the limits to count tries.
 */
@NullMarked
package fi.kimppa.gateway.console;

import org.jspecify.annotations.NullMarked;

/**
 * JSON over HTTP to a library system: one call, one answer, a deadline for the whole of it, and whether anything can
 * have been done. For the backends beside it; knows no library system.
 */
@NullMarked
package fi.kimppa.gateway.backend.http;

import org.jspecify.annotations.NullMarked;

/**
 * Any SIP2 server as a library system: a few logged-in links for each branch account, shared by all terminals of the
 * branch; a preset says what the server is known to do. Imported by nobody: it answers through the port of circulation.
 */
@NullMarked
package fi.kimppa.gateway.backend.sip2;

import org.jspecify.annotations.NullMarked;

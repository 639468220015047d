/**
 * The SIP2 server: the listeners, one session per connection, what a terminal's connection is agreed to look like,
 * and the certificate. Offers {@link fi.kimppa.gateway.sip.TerminalActivity} to whoever watches terminals.
 */
@NullMarked
package fi.kimppa.gateway.sip;

import org.jspecify.annotations.NullMarked;

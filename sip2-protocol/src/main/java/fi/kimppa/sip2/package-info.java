/**
 * The two ends of a SIP2 conversation: {@link fi.kimppa.sip2.Sip2Link} carries frames,
 * {@link fi.kimppa.sip2.Sip2Client} logs in, numbers, times out and resends, and the exceptions say which of
 * the three kinds of failure it was.
 */
@NullMarked
package fi.kimppa.sip2;

import org.jspecify.annotations.NullMarked;

/**
 * Golden conversations: one rule of SIP2 a file, in plain text, and the code that reads them and plays them against
 * any server. The files ship as resources of this package; docs/reference/golden-conversations.md has their form.
 */
@NullMarked
package fi.kimppa.sip2.conformance;

import org.jspecify.annotations.NullMarked;

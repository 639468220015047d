/** The command-line program {@code sip2}: says anything to any SIP2 server and shows what it answers. */
@NullMarked
package fi.kimppa.sip2.tool;

import org.jspecify.annotations.NullMarked;

/**
 * One record per SIP2 message, requests and responses side by side. A record is built from a frame and turned
 * into a frame in one place, so that each two-letter field is named once. What the standard's table does not
 * name survives in {@code extras}, in wire order.
 */
@NullMarked
package fi.kimppa.sip2.message;

import org.jspecify.annotations.NullMarked;

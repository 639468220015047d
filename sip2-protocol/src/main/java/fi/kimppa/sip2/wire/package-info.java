/**
 * The standard's tables and bytes: message types, fields, the frame and its codec. Nothing here knows what a
 * message means. Source throughout: 3M Standard Interchange Protocol 2.00, document revision 2.12.
 */
@NullMarked
package fi.kimppa.sip2.wire;

import org.jspecify.annotations.NullMarked;

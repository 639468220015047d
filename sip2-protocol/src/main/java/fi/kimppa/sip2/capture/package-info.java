/**
 * Wire captures as text files: what one terminal and its server have said, line by line with times, so that it can be
 * read, labelled and played again. Imports the JDK alone.
 */
@NullMarked
package fi.kimppa.sip2.capture;

import org.jspecify.annotations.NullMarked;

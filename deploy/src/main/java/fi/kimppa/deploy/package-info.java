/**
 * The whole house started by one command: the demo with its processes, and the scripted evening that walks the
 * three main paths through them without a person.
 */
@NullMarked
package fi.kimppa.deploy;

import org.jspecify.annotations.NullMarked;

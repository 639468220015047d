/**
 * The virtual desk: one pad, printer, scanner and door behind the real wire protocols, for demos, tests and training.
 * It stands on the far side of the wire, so that the code a library runs is the code a test runs.
 */
@NullMarked
package fi.kimppa.device.simulator;

import org.jspecify.annotations.NullMarked;

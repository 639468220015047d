/**
 * Municipalities that change their library system: when nothing is changed any more, from when the new one is asked, which old
 * number is which new one, and who is asked about what at each moment, a pure function. Offers
 * {@link fi.kimppa.gateway.cutover.CutOvers} and {@link fi.kimppa.gateway.cutover.NumberMaps} to circulation, which asks the systems,
 * and to the pages on which a cut-over is planned. Uses the SIP2 messages, the consortium and the
 * protection of personal data.
 */
@NullMarked
package fi.kimppa.gateway.cutover;

import org.jspecify.annotations.NullMarked;

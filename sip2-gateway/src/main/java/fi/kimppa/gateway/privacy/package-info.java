/**
 * What is held about a person, given out and erased on request (GDPR Art. 15 and 17). Each feature that holds something offers a
 * {@link fi.kimppa.gateway.privacy.PersonalData}; the page asks them all and writes down that it did. Uses the limits' card hashes and
 * no feature's own types.
 */
@NullMarked
package fi.kimppa.gateway.privacy;

import org.jspecify.annotations.NullMarked;

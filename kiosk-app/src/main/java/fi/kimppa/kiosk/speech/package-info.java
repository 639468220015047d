/**
 * What the kiosk says aloud, and how it is heard. {@link fi.kimppa.kiosk.speech.Script} is a pure function from what changed at the
 * kiosk to what is said, so that every sentence can be tested without sound; {@link fi.kimppa.kiosk.speech.SpeechService} gives it
 * to an engine that runs as a process of its own. Knows neither window nor gateway.
 */
@NullMarked
package fi.kimppa.kiosk.speech;

import org.jspecify.annotations.NullMarked;

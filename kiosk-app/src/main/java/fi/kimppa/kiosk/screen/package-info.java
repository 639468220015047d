/**
 * How the kiosk looks: one class per screen, built in code, with colours by role in {@code theme.css}. A screen shows a
 * state of {@link fi.kimppa.kiosk.session} and turns touches into its events; it decides nothing and knows neither
 * gateway nor device.
 */
@NullMarked
package fi.kimppa.kiosk.screen;

import org.jspecify.annotations.NullMarked;

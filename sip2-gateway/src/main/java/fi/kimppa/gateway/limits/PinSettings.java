package fi.kimppa.gateway.limits;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often PINs may be tried ({@code kimppa.sip.limits.pin.*}), at SIP2 machines and at doors together.
 *
 * @param cardTries wrong PINs of one card in a row; at least one below the lock of the library system
 * @param cardQuiet so long after the last of them the card may try again; at least as long as the library system
 *     counts together
 * @param terminalTries wrong PINs and unknown cards at one machine that begin a pause; far more than people can type,
 *     since it shuts out everybody there
 * @param doorTries the same at one door: nobody of the staff is there to see who tries
 * @param window in which those at a machine or a door are counted
 * @param pause how long the machine or the door waits then
 */
@Validated
@ConfigurationProperties("kimppa.sip.limits.pin")
record PinSettings(
        @Min(1) @DefaultValue("4") int cardTries,
        @DefaultValue("10m") Duration cardQuiet,
        @Min(1) @DefaultValue("200") int terminalTries,
        @Min(1) @DefaultValue("5") int doorTries,
        @DefaultValue("10m") Duration window,
        @DefaultValue("10m") Duration pause) {}

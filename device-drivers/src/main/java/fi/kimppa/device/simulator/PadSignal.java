package fi.kimppa.device.simulator;

import java.time.Duration;

/**
 * What a host lit on the virtual pad.
 *
 * @param outputs two bits each, as FEIG's readers have them: 01 on, 10 off, 11 flashing (H60301 page 54)
 * @param time how long it was to last
 */
public record PadSignal(int outputs, Duration time) {}

package fi.kimppa.device.door;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * What a board that may be a relay board shows of itself to somebody who only looks: nothing is ever written to it, so nothing moves.
 *
 * @param coils the first eight, the first one on the left; empty when the board does not let them be read
 * @param inputs the first eight, likewise
 */
public record RelayLook(Optional<String> coils, Optional<String> inputs) {
    private static final int POINTS = 8;
    /** Modbus over Serial Line 1.02, section 2.5.1.1: 3.5 characters, which at 9600 bit/s are 4 ms. */
    private static final Duration SILENCE = Duration.ofMillis(5);

    private interface Reading {
        BitSet read() throws ModbusBoard.Refusal;
    }

    /**
     * Asks one unit for its coils (function 01) and its inputs (function 02).
     *
     * @param link whose address says in which framing, see {@link ModbusFraming#of}
     * @param unit 0 to 255; on RTU 1 to 247
     * @param patience for one answer; on RTU a silent board is asked twice
     * @return empty when no board answers
     */
    public static Optional<RelayLook> at(ByteLink link, int unit, Duration patience) {
        var board = new ModbusBoard(new ModbusBoard.Wire(ModbusFraming.of(link.address()), unit, patience, SILENCE));
        try {
            return Optional.of(
                    new RelayLook(look(() -> board.coils(link, 0, POINTS)), look(() -> board.inputs(link, 0, POINTS))));
        } catch (DeviceException _) {
            return Optional.empty();
        }
    }

    /** A refusal is an answer, too. */
    private static Optional<String> look(Reading reading) {
        try {
            BitSet bits = reading.read();
            var text = new StringBuilder();
            for (int i = 0; i < POINTS; i++) {
                text.append(bits.get(i) ? '1' : '0');
            }
            return Optional.of(text.toString());
        } catch (ModbusBoard.Refusal _) {
            return Optional.empty();
        }
    }
}

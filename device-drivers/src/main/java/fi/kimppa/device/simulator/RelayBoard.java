package fi.kimppa.device.simulator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A relay board without its wires (Modbus Application Protocol 1.1b3): what it answers to each message. Threads: any.
 *
 * <ul>
 * <li>Coils 0 to 7: relays (functions 01, 05, 0F). Writing coil 512 + n with t switches relay n on for t tenths of a second.
 * <li>Inputs 0 to 7 (function 02).
 * <li>Registers 0 to 7: how often each input was switched on since start (functions 03 and 04; 06 and 10 set them).
 * <li>Register 16: all relays go off when nobody talks to the board for so many tenths of a second, 0 = never.
 * </ul>
 */
final class RelayBoard {
    static final int POINTS = 8;
    static final int FLASH = 512;
    static final int WATCHDOG = 16;

    private static final int ILLEGAL_FUNCTION = 1;
    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;
    private static final int ON = 0xFF00;
    private static final int MOST_BITS = 2_000;
    private static final int MOST_REGISTERS = 125;

    private final DeskClock clock;
    private final Runnable changed;
    private final Deque<RelayTrouble> troubles = new ArrayDeque<>();
    /** When each relay goes off; the distant past for off, the distant future for on until switched. */
    private final Instant[] onUntil = new Instant[POINTS];

    private final boolean[] inputs = new boolean[POINTS];
    private final int[] counts = new int[POINTS];
    private int watchdogTenths;
    private Instant lastTalk;

    /** The board said no. */
    private static final class Refused extends Exception {
        private final int code;

        Refused(int code) {
            super("Modbus exception " + code);
            this.code = code;
        }
    }

    RelayBoard(DeskClock clock, Runnable changed) {
        this.clock = clock;
        this.changed = changed;
        this.lastTalk = clock.instant();
        Arrays.fill(onUntil, Instant.MIN);
    }

    // ---- the screws --------------------------------------------------------------------------------------

    synchronized boolean coil(int number) {
        starve();
        return clock.instant().isBefore(onUntil[number]);
    }

    synchronized void switchOn(int number) {
        onUntil[number] = Instant.MAX;
    }

    synchronized void input(int number, boolean on) {
        if (on && !inputs[number]) {
            counts[number] = counts[number] + 1 & 0xFFFF;
        }
        inputs[number] = on;
    }

    synchronized boolean input(int number) {
        return inputs[number];
    }

    synchronized void trouble(RelayTrouble trouble) {
        troubles.add(trouble);
    }

    synchronized void calm() {
        troubles.clear();
    }

    /** What goes wrong with the next answer. */
    synchronized Optional<RelayTrouble> nextTrouble() {
        return Optional.ofNullable(troubles.poll());
    }

    /** The power went and came back: relays are off, registers forgotten; what is wired to the inputs stays as it is. */
    synchronized void cutPower() {
        Arrays.fill(onUntil, Instant.MIN);
        Arrays.fill(counts, 0);
        watchdogTenths = 0;
    }

    // ---- the wire ----------------------------------------------------------------------------------------

    /** The answer to a message, without unit and framing; at least a function and something after it. */
    byte[] answer(byte[] request) {
        byte[] answer;
        synchronized (this) {
            starve();
            lastTalk = clock.instant();
            watch();
            answer = executed(request);
        }
        changed.run();
        return answer;
    }

    /** The refusal of a message. */
    static byte[] refusal(byte[] request, int code) {
        return new byte[] {(byte) (request[0] | 0x80), (byte) code};
    }

    private byte[] executed(byte[] request) {
        try {
            return switch (request[0]) {
                case 0x01, 0x02 -> readBits(request);
                case 0x03, 0x04 -> readRegisters(request);
                case 0x05 -> writeCoil(request);
                case 0x06 -> writeRegister(request);
                case 0x0F -> writeCoils(request);
                case 0x10 -> writeRegisters(request);
                default -> throw new Refused(ILLEGAL_FUNCTION);
            };
        } catch (Refused e) {
            return refusal(request, e.code);
        }
    }

    private byte[] readBits(byte[] request) throws Refused {
        Range range = range(request, 5, MOST_BITS, POINTS);
        byte[] answer = new byte[2 + (range.count() + 7) / 8];
        answer[0] = request[0];
        answer[1] = (byte) (answer.length - 2);
        for (int i = 0; i < range.count(); i++) {
            boolean on = request[0] == 0x01 ? coil(range.first() + i) : inputs[range.first() + i];
            answer[2 + i / 8] |= (byte) (on ? 1 << i % 8 : 0);
        }
        return answer;
    }

    private byte[] readRegisters(byte[] request) throws Refused {
        Range range = range(request, 5, MOST_REGISTERS, WATCHDOG + 1);
        ByteBuffer answer = ByteBuffer.allocate(2 + 2 * range.count());
        answer.put(request[0]).put((byte) (2 * range.count()));
        for (int i = 0; i < range.count(); i++) {
            answer.putShort((short) register(range.first() + i));
        }
        return answer.array();
    }

    private int register(int number) throws Refused {
        if (number == WATCHDOG) {
            return watchdogTenths;
        }
        return counts[point(number)];
    }

    private byte[] writeCoil(byte[] request) throws Refused {
        length(request, 5);
        int number = word(request, 1);
        int value = word(request, 3);
        if (number >= FLASH && number < FLASH + POINTS) {
            switchCoil(number - FLASH, Duration.ofMillis(value * 100L));
        } else if (value != 0 && value != ON) {
            point(number);
            throw new Refused(ILLEGAL_VALUE);
        } else {
            onUntil[point(number)] = value == ON ? Instant.MAX : Instant.MIN;
        }
        return request;
    }

    private void switchCoil(int number, Duration time) {
        onUntil[number] = clock.instant().plus(time);
        // Only wakes those who look: whether a relay is on is known without it.
        clock.after(time, changed);
    }

    private byte[] writeRegister(byte[] request) throws Refused {
        length(request, 5);
        set(word(request, 1), word(request, 3));
        return request;
    }

    private void set(int number, int value) throws Refused {
        if (number == WATCHDOG) {
            watchdogTenths = value;
            watch();
        } else {
            counts[point(number)] = value;
        }
    }

    private byte[] writeCoils(byte[] request) throws Refused {
        Range range = block(request, POINTS, (word(request, 3) + 7) / 8);
        for (int i = 0; i < range.count(); i++) {
            boolean on = (request[6 + i / 8] & 1 << i % 8) != 0;
            onUntil[range.first() + i] = on ? Instant.MAX : Instant.MIN;
        }
        return Arrays.copyOf(request, 5);
    }

    private byte[] writeRegisters(byte[] request) throws Refused {
        Range range = block(request, WATCHDOG + 1, word(request, 3) * 2);
        for (int i = 0; i < range.count(); i++) {
            set(range.first() + i, word(request, 6 + 2 * i));
        }
        return Arrays.copyOf(request, 5);
    }

    private record Range(int first, int count) {}

    private static Range range(byte[] request, int length, int most, int end) throws Refused {
        length(request, length);
        var range = new Range(word(request, 1), word(request, 3));
        if (range.count() < 1 || range.count() > most) {
            throw new Refused(ILLEGAL_VALUE);
        }
        if (range.first() + range.count() > end) {
            throw new Refused(ILLEGAL_ADDRESS);
        }
        return range;
    }

    /** The range of a write of many, whose data has the length that its count asks for. */
    private static Range block(byte[] request, int end, int bytes) throws Refused {
        if (request.length < 7 || bytes != (request[5] & 0xFF)) {
            throw new Refused(ILLEGAL_VALUE);
        }
        return range(request, 6 + bytes, MOST_BITS, end);
    }

    private static void length(byte[] request, int expected) throws Refused {
        if (request.length != expected) {
            throw new Refused(ILLEGAL_VALUE);
        }
    }

    private static int point(int number) throws Refused {
        if (number >= POINTS) {
            throw new Refused(ILLEGAL_ADDRESS);
        }
        return number;
    }

    private static int word(byte[] bytes, int at) throws Refused {
        if (bytes.length < at + 2) {
            throw new Refused(ILLEGAL_VALUE);
        }
        return ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF;
    }

    // ---- the watchdog ------------------------------------------------------------------------------------

    private void watch() {
        if (watchdogTenths > 0) {
            clock.after(Duration.ofMillis(watchdogTenths * 100L), changed);
        }
    }

    /** Everything off, if nobody has talked for too long. */
    private void starve() {
        if (watchdogTenths > 0 && !clock.instant().isBefore(lastTalk.plusMillis(watchdogTenths * 100L))) {
            Arrays.fill(onUntil, Instant.MIN);
        }
    }
}

package fi.kimppa.device;

import java.time.Duration;

/**
 * A conversation with a device failed. A device that says no (a locked tag, no paper) is a value, never an exception.
 */
public abstract sealed class DeviceException extends RuntimeException {
    private DeviceException(String message) {
        super(message);
    }

    private DeviceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** How a driver should show this failure in its status. */
    public abstract StatusReason reason();

    /** The step at which a link failed. */
    public enum Phase {
        OPEN,
        WRITE,
        READ
    }

    /** The device is not there. */
    public static final class LinkException extends DeviceException {
        private final DeviceAddress address;
        private final Phase phase;
        private final Duration elapsed;
        private final StatusReason reason;

        /**
         * A failure that this module found.
         *
         * @param elapsed since the step began
         */
        public LinkException(DeviceAddress address, Phase phase, Duration elapsed, StatusReason reason, String detail) {
            super(text(address, phase, elapsed, reason, detail));
            this.address = address;
            this.phase = phase;
            this.elapsed = elapsed;
            this.reason = reason;
        }

        /**
         * A failure that the system reported.
         *
         * @param elapsed since the step began
         * @param cause what the operating system or the library said
         */
        public LinkException(
                DeviceAddress address, Phase phase, Duration elapsed, StatusReason reason, Throwable cause) {
            super(text(address, phase, elapsed, reason, String.valueOf(cause.getMessage())), cause);
            this.address = address;
            this.phase = phase;
            this.elapsed = elapsed;
            this.reason = reason;
        }

        private static String text(
                DeviceAddress address, Phase phase, Duration elapsed, StatusReason reason, String detail) {
            return address + ": " + phase + " failed after " + elapsed.toMillis() + " ms, " + reason + ": " + detail;
        }

        /** Which device. */
        public DeviceAddress address() {
            return address;
        }

        /** At which step. */
        public Phase phase() {
            return phase;
        }

        /** How long the step had lasted. */
        public Duration elapsed() {
            return elapsed;
        }

        @Override
        public StatusReason reason() {
            return reason;
        }
    }

    /** The device is there and talks nonsense. */
    public static final class FormatException extends DeviceException {
        private final int offset;

        /**
         * What does not fit the protocol.
         *
         * @param expected what the protocol asks for at this place
         * @param found what was there instead
         * @param offset of the first offending byte in its frame, from 0
         */
        public FormatException(String expected, String found, int offset) {
            super("expected " + expected + ", found " + found + " at byte " + offset);
            this.offset = offset;
        }

        /** Where in the frame, from 0. */
        public int offset() {
            return offset;
        }

        @Override
        public StatusReason reason() {
            return StatusReason.NONSENSE;
        }
    }
}

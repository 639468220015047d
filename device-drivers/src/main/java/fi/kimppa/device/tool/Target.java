package fi.kimppa.device.tool;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which device a command is for, and how its answer is written. */
final class Target {
    private static final String VARIABLE = "KIMPPA_DEVICE";
    private static final Duration STEP = Duration.ofMillis(20);

    @Option(
            names = {"-d", "--device"},
            paramLabel = "ADDRESS",
            description = {
                "The device, for example feig:serial:/dev/ttyUSB0, feig:tcp:192.0.2.7:10001,",
                "escpos:tcp:192.0.2.8:9100, modbus:tcp:192.0.2.9:502. Else $KIMPPA_DEVICE."
            })
    private @Nullable String device;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long to look for it (default ${DEFAULT-VALUE}); baud=auto may need 10.")
    private double patience;

    @Option(names = "--json", description = "For scripts: JSON instead of a table.")
    private boolean json;

    boolean json() {
        return json;
    }

    DeviceAddress address() {
        String text = Optional.ofNullable(device)
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .orElseThrow(() -> new ToolException(
                        Exit.USAGE,
                        "Which device? Give --device=ADDRESS or set " + VARIABLE
                                + "; 'kimppa-devices probe' finds what is plugged in."));
        try {
            return DeviceAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Opens a device. */
    interface Opening<T extends Device> {
        T open(DeviceAddress address);
    }

    /** What is done with a device that answers. */
    interface Work<T extends Device> {
        int with(T device);
    }

    /**
     * Opens the device, waits until it answers, works with it and closes it.
     *
     * @throws ToolException naming port and cause when it does not answer
     */
    <T extends Device> int use(Opening<T> opening, Work<T> work) {
        T opened;
        try {
            opened = opening.open(address());
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
        }
        try (T device = opened) {
            await(device);
            return work.with(device);
        }
    }

    private void await(Device device) {
        long deadline = System.nanoTime() + Math.round(patience * 1e9);
        while (device.status() instanceof DeviceStatus.Absent && System.nanoTime() - deadline < 0) {
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (device.status() instanceof DeviceStatus.Absent absent) {
            throw new ToolException(Exit.AWAY, device.lastFailure().orElse(device.address() + ": " + absent.reason()));
        }
    }
}

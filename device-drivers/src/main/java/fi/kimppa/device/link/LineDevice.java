package fi.kimppa.device.link;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.DeviceStatistics;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.SelfTestReport.Outcome;
import fi.kimppa.device.SelfTestReport.Step;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.TracedFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A driver whose identity, status and statistics are those of its line. Same threads as {@link Device}. */
public abstract class LineDevice implements Device {
    /** The line that the driver talks on. */
    protected abstract DeviceLine line();

    @Override
    public final DeviceId id() {
        return line().id();
    }

    @Override
    public final DeviceAddress address() {
        return line().address();
    }

    @Override
    public final DeviceStatus status() {
        return line().status();
    }

    @Override
    public final DeviceStatistics statistics() {
        return line().statistics();
    }

    @Override
    public final void onStatus(Consumer<DeviceStatus> listener) {
        line().onStatus(listener);
    }

    @Override
    public final DeviceStatus check() {
        return line().check();
    }

    @Override
    public final Optional<String> lastFailure() {
        return line().lastFailure();
    }

    @Override
    public final List<TracedFrame> trace() {
        return line().trace();
    }

    @Override
    public DeviceIdentity identity() {
        return DeviceIdentity.UNKNOWN;
    }

    @Override
    public final SelfTestReport selfTest(SelfTestLevel level) {
        var test = new SelfTest();
        boolean answers = test.step("answers", () -> {
            DeviceStatus now = check();
            return now instanceof DeviceStatus.Absent(StatusReason reason, Instant _)
                    ? Finding.failed(lastFailure().orElse("%s: %s".formatted(address(), reason)))
                    : Finding.passed(identity().toString());
        });
        boolean healthy = answers
                && level != SelfTestLevel.ANSWERS
                && test.step(
                        "is well",
                        () -> status().usable()
                                ? Finding.passed(status().why().map(Enum::name).orElse(""))
                                : Finding.failed(status().why().map(Enum::name).orElse("")));
        if (healthy) {
            examine().forEach(trial -> test.step(trial.name(), trial.action()));
        }
        if (healthy && level == SelfTestLevel.WORKS) {
            exercise().forEach(trial -> test.step(trial.name(), trial.action()));
        }
        return new SelfTestReport(id(), level, test.steps);
    }

    /** What is looked at beside the status, in order. Moves nothing. */
    protected List<Trial> examine() {
        return List.of();
    }

    /** What the device does to show that it works, in order; nothing for a device that cannot act by itself. */
    protected List<Trial> exercise() {
        return List.of();
    }

    /** Something that a device does in a self-test. */
    public record Trial(String name, Supplier<Finding> action) {}

    /**
     * How a step of a self-test ended.
     *
     * @param detail what was seen; never a card number or the like
     */
    public record Finding(Outcome outcome, String detail) {
        /** As it should. */
        public static Finding passed(String detail) {
            return new Finding(Outcome.PASSED, detail);
        }

        /** Not as it should. */
        public static Finding failed(String detail) {
            return new Finding(Outcome.FAILED, detail);
        }

        /** It could not be tried here. */
        public static Finding skipped(String detail) {
            return new Finding(Outcome.SKIPPED, detail);
        }
    }

    /** Takes steps until one fails. */
    private static final class SelfTest {
        private final List<Step> steps = new ArrayList<>();

        boolean step(String name, Supplier<Finding> action) {
            if (!steps.isEmpty() && steps.getLast().outcome() == Outcome.FAILED) {
                return false;
            }
            long begun = System.nanoTime();
            Finding finding;
            try {
                finding = action.get();
            } catch (DeviceException e) {
                finding = Finding.failed(String.valueOf(e.getMessage()));
            }
            steps.add(new Step(name, finding.outcome(), finding.detail(), Duration.ofNanos(System.nanoTime() - begun)));
            return finding.outcome() != Outcome.FAILED;
        }
    }

    @Override
    public void close() {
        line().close();
    }
}

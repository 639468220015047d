package fi.kimppa.device;

import java.time.Duration;
import java.util.List;

/**
 * How a self-test went, step by step, for the staff's page and the installer's terminal.
 *
 * @param steps in the order they were taken; a step that fails ends the test
 */
public record SelfTestReport(DeviceId id, SelfTestLevel level, List<Step> steps) {
    public SelfTestReport {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param name what was tried, in a few words
     * @param detail what was seen; never a card number or the like
     */
    public record Step(String name, Outcome outcome, String detail, Duration took) {}

    /** How a step ended. */
    public enum Outcome {
        /** As it should. */
        PASSED,
        /** Not as it should; the detail says why. */
        FAILED,
        /** It could not be tried here, for example because no tag lies on the pad. */
        SKIPPED
    }

    /** Whether no step failed. */
    public boolean passed() {
        return steps.stream().noneMatch(step -> step.outcome() == Outcome.FAILED);
    }
}

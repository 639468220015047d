package fi.kimppa.gateway.capture;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;

/** Captures as a member of staff handles them, for tests of other packages. */
public final class CaptureHand {
    private final Captures captures;
    private final CaptureStore store;

    public CaptureHand(BeanFactory beans) {
        this.captures = beans.getBean(Captures.class);
        this.store = beans.getBean(CaptureStore.class);
    }

    /** Begins one that does not mask, or does. */
    public void start(String terminal, boolean masked) {
        Optional<CaptureRefusal> refusal = captures.start(
                terminal, Duration.ofMinutes(15), masked, masked ? "" : "A fault that needs the card", "admin");
        if (refusal.isPresent()) {
            throw new AssertionError(refusal.get());
        }
    }

    /** Ends what runs. */
    public void stop(String terminal) {
        store.of(terminal).stream().filter(Capture::running).forEach(capture -> captures.stop(capture, "admin"));
    }

    /** The newest capture's file as it is now. */
    public List<String> file(String terminal) throws IOException {
        StringWriter out = new StringWriter();
        new CaptureFiles(store).write(store.of(terminal).getFirst(), out);
        return out.toString().lines().toList();
    }

    /** Takes all of a terminal's away. */
    public void deleteAll(String terminal) {
        store.of(terminal).forEach(capture -> captures.delete(capture, "cleaner"));
    }
}

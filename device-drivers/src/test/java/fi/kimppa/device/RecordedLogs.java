package fi.kimppa.device;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Keeps everything that the house logs, down to TRACE, while a test asks for it; silent otherwise. */
public final class RecordedLogs implements SLF4JServiceProvider {
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();
    private static volatile boolean recording;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Forgets what was kept, and keeps what is logged from now on. */
    public static void begin() {
        LINES.clear();
        recording = true;
    }

    /** What was logged since, with the exceptions' own texts; one entry a call. */
    public static List<String> end() {
        recording = false;
        return List.copyOf(LINES);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Recorder::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing to prepare.
    }

    private static final class Recorder extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        private final boolean ours;

        Recorder(String name) {
            this.name = name;
            this.ours = name.startsWith("fi.kimppa");
        }

        private boolean enabled() {
            return recording && ours;
        }

        @Override
        public boolean isTraceEnabled() {
            return enabled();
        }

        @Override
        public boolean isDebugEnabled() {
            return enabled();
        }

        @Override
        public boolean isInfoEnabled() {
            return enabled();
        }

        @Override
        public boolean isWarnEnabled() {
            return enabled();
        }

        @Override
        public boolean isErrorEnabled() {
            return enabled();
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            var line = new StringWriter();
            line.append(level + " " + name + " "
                    + MessageFormatter.basicArrayFormat(pattern, arguments == null ? new Object[0] : arguments));
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(line, true));
            }
            LINES.add(line.toString());
        }
    }
}

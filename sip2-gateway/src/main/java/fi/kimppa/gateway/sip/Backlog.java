package fi.kimppa.gateway.sip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How many connections may wait to be accepted: the system cuts what the gateway asks for, and says nothing. */
final class Backlog {
    /** Linux: the ceiling of every listener's backlog, listen(2). */
    static final Path SYSTEM_LIMIT = Path.of("/proc/sys/net/core/somaxconn");

    private Backlog() {}

    /** What to tell the operator if the system allows fewer; empty if it does not, or does not say. */
    static Optional<String> warning(int wanted, Path systemLimit) {
        // In one read: a file of /proc/sys ends at the first byte for whoever comes back for more.
        try (InputStream in = Files.newInputStream(systemLimit)) {
            int allowed = Integer.parseInt(new String(in.readNBytes(64), StandardCharsets.US_ASCII).strip());
            return allowed >= wanted
                    ? Optional.empty()
                    : Optional.of("Only " + allowed + " connections can wait to be accepted, not the " + wanted
                            + " of kimppa.sip.backlog: when all machines come back at once after a cut, some will be"
                            + " refused. Raise the system's limit: sysctl -w net.core.somaxconn=" + wanted
                            + ", and a file in /etc/sysctl.d to keep it");
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }
}

package fi.kimppa.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** The echo server in C that {@code deploy/bench} has compiled, as a process of its own. */
final class EchoServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private EchoServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; it listens when this returns. */
    static EchoServer start(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Its first line is its port, and it says nothing more.
            BufferedReader said = process.inputReader();
            String port = said.readLine();
            if (port == null) {
                throw new StartException("The echo server " + program + " did not start.");
            }
            return new EchoServer(process, Integer.parseInt(port));
        } catch (IOException e) {
            throw new StartException("The echo server " + program + " did not start.", e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package fi.kimppa.gateway.database;

import fi.kimppa.gateway.consortium.CannotStartException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the gateway's own, with its data kept between starts and written through to the disk. It is a
 * process in a session of its own: neither Ctrl-C nor the death of the gateway stops it, so the next start finds it
 * and adopts it, or stops it where it cannot be adopted. If it dies, it is started again. It listens on loopback only and asks for a password.
 *
 * <p>The library that brings the binaries can start a server but not adopt one, and lets every local user in; only
 * its binaries are used.
 */
final class PostgresServer implements AutoCloseable {
    /** Every commit is on the disk before it is answered. */
    private static final List<String> DURABILITY = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on");

    static final String USER = "kimppa";
    private static final String DATABASE = "kimppa";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Longer than a killed process stays in the table of processes. */
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(10);

    private final PostgresPrograms programs;
    private final FileChannel lockFile;
    private final String password;
    private final int port;
    private boolean closed;

    private PostgresServer(PostgresPrograms programs, FileChannel lockFile, String password, int port) {
        this.programs = programs;
        this.lockFile = lockFile;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server of this data directory, or adopts the one that already runs there.
     *
     * @param directory holds binaries, data, password and log
     * @param wantedPort loopback port, 0 for a free one
     * @throws CannotStartException if the directory is in use, the port is busy or the server does not start; the
     *     message is for the operator
     */
    static PostgresServer start(Path directory, int wantedPort) {
        return start(directory, wantedPort, EnumSet.allOf(NotRoot.class));
    }

    /** @param ways how the server's programs may be run where the gateway is root */
    static PostgresServer start(Path directory, int wantedPort, Set<NotRoot> ways) {
        Path home = directory.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(home);
            lock = lock(home);
            // Before the programs, which must be able to read it.
            String password = password(home);
            PostgresPrograms programs = PostgresPrograms.in(home, ways);
            Path data = home.resolve("database");
            Optional<Running> running = Running.of(data);
            if (running.isPresent()) {
                Optional<String> obstacle = running.get().obstacleToAdoption(data, wantedPort, password);
                if (obstacle.isEmpty()) {
                    LOG.info(
                            "Adopted the database server that an earlier gateway left running: pid {}, port {}, data in {}",
                            running.get().pid,
                            running.get().port,
                            data);
                    return kept(new PostgresServer(programs, lock, password, running.get().port));
                }
                stop(programs);
                LOG.info(
                        "Stopped the database server that an earlier gateway left running (pid {}): {}",
                        running.get().pid,
                        obstacle.get());
            }
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                create(programs, data);
            }
            int port = wantedPort == 0 ? freePort() : checked(wantedPort);
            launchAfterAKill(programs, data, port, password);
            LOG.info("Started the database server: port {}, data in {}", port, data);
            return kept(new PostgresServer(programs, lock, password, port));
        } catch (IOException | RuntimeException e) {
            release(lock);
            throw e instanceof CannotStartException clear
                    ? clear
                    : new CannotStartException(
                            "The gateway's own database in " + home + " did not start: " + e.getMessage()
                                    + " (its log is database.log there)",
                            e);
        }
    }

    private static PostgresServer kept(PostgresServer server) {
        Thread.ofVirtual().name("database-keeper").start(server::keepAlive);
        return server;
    }

    /** Where to connect, with the database that the gateway uses. */
    String url() {
        return url(port, DATABASE);
    }

    String password() {
        return password;
    }

    /** Loopback port. */
    int port() {
        return port;
    }

    /** Starts the server again, on the same port, whenever its process has died; what was committed is kept. */
    private synchronized void keepAlive() {
        Path data = programs.home().resolve("database");
        boolean trouble = false;
        try {
            while (!closed) {
                try {
                    if (Running.of(data).isEmpty()) {
                        if (!trouble) {
                            LOG.error(
                                    "The database server died: port {}, its log is database.log in {}",
                                    port,
                                    programs.home());
                        }
                        launch(programs, data, port, password);
                        LOG.info("Started the database server again: port {}, data in {}", port, data);
                    }
                    trouble = false;
                } catch (IOException | RuntimeException e) {
                    if (!trouble) {
                        LOG.error("The database server does not start again, it is tried on: {}", e.getMessage());
                    }
                    trouble = true;
                }
                wait(BETWEEN_LOOKS.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.warn("Nobody looks after the database server any more: port {}", port);
        }
    }

    /** Stops the server; what was committed is kept. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            stop(programs);
            LOG.info("Stopped the database server: port {}", port);
        } catch (IOException e) {
            LOG.warn("The database server on port {} did not stop: {}", port, e.getMessage());
        } finally {
            release(lockFile);
        }
    }

    // ---- one gateway per directory -----------------------------------------------------------------------

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new CannotStartException("The data directory " + home
                    + " is in use by another gateway; stop it or set kimppa.data-directory to another one");
        }
        return channel;
    }

    private static void release(@org.jspecify.annotations.Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("The lock was gone already", e);
            }
        }
    }

    // ---- first start -------------------------------------------------------------------------------------

    private static String password(Path home) throws IOException {
        Path file = home.resolve("database.password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static void create(PostgresPrograms programs, Path data) throws IOException {
        // The builtin provider sorts the same on every machine; people's alphabets are the program's matter.
        programs.run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + programs.home().resolve("database.password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
    }

    private static void createDatabase(int port, String password) throws IOException {
        try (Connection connection = DriverManager.getConnection(url(port, "postgres"), USER, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("the server on port " + port + " started but does not answer", e);
        }
    }

    // ---- every start -------------------------------------------------------------------------------------

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int checked(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (BindException e) {
            throw new CannotStartException(
                    "Port " + port + " on 127.0.0.1 is busy; free it or set kimppa.database.port (0 takes a free one)",
                    e);
        }
    }

    /**
     * Starts it. One that was killed a moment ago may be in the table of processes still, and the new one takes it for alive and ends:
     * that is waited out.
     */
    private static void launchAfterAKill(PostgresPrograms programs, Path data, int port, String password)
            throws IOException {
        long end = System.nanoTime() + AFTER_A_KILL.toNanos();
        while (true) {
            try {
                launch(programs, data, port, password);
                return;
            } catch (IOException e) {
                if (!Files.exists(data.resolve("postmaster.pid")) || System.nanoTime() - end > 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static void launch(PostgresPrograms programs, Path data, int port, String password) throws IOException {
        StringBuilder options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1")
                .append(" -c unix_socket_directories=")
                .append(" -c timezone=UTC");
        DURABILITY.forEach(setting -> options.append(" -c ").append(setting));
        programs.run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "60",
                "-D",
                data.toString(),
                "-l",
                programs.home().resolve("database.log").toString(),
                "-o",
                options.toString());
        createDatabase(port, password);
    }

    private static void stop(PostgresPrograms programs) throws IOException {
        programs.run(
                "pg_ctl",
                "stop",
                "-w",
                "-t",
                "30",
                "-m",
                "fast",
                "-D",
                programs.home().resolve("database").toString());
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /**
     * A server that runs on the data.
     *
     * @param pid of its first process
     * @param port on loopback
     */
    private record Running(long pid, int port) {
        /** The server that postmaster.pid names, if that process is alive and is a PostgreSQL. */
        static Optional<Running> of(Path data) throws IOException {
            Path file = data.resolve("postmaster.pid");
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 4) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.getFirst().strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false))
                    .map(_ -> new Running(pid, Integer.parseInt(lines.get(3).strip())));
        }

        /** Why it must be stopped instead; empty when it can be used as it is. */
        Optional<String> obstacleToAdoption(Path data, int wantedPort, String password) {
            if (wantedPort != 0 && wantedPort != port) {
                return Optional.of("it used port " + port + " and kimppa.database.port is " + wantedPort);
            }
            try (Connection connection = DriverManager.getConnection(url(port, DATABASE), USER, password);
                    Statement statement = connection.createStatement()) {
                if (!Path.of(show(statement, "data_directory")).equals(data)) {
                    return Optional.of("another server answers on its port " + port);
                }
                if (!show(statement, "server_version").startsWith(PostgresBinaries.VERSION)) {
                    return Optional.of("it is another version than " + PostgresBinaries.VERSION);
                }
                for (String setting : DURABILITY) {
                    if (!setting.equals(setting.substring(0, setting.indexOf('=') + 1)
                            + show(statement, setting.substring(0, setting.indexOf('='))))) {
                        return Optional.of("it does not run with " + setting);
                    }
                }
                return Optional.empty();
            } catch (SQLException e) {
                return Optional.of("it did not let the gateway in (" + e.getSQLState() + ")");
            }
        }

        private static String show(Statement statement, String setting) throws SQLException {
            try (ResultSet row = statement.executeQuery("show " + setting)) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

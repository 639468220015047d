package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The whole house for a test: the gateway as a process of its own with the demo consortium, in an empty data directory under
 * {@code target} and on free ports. Terminals are added by the tests.
 *
 * <p>Threads: one test's.
 */
final class House implements AutoCloseable {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    /** A test machine is short of cores: quick to start is better than fast later. */
    private static final List<String> JAVA =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "--enable-native-access=ALL-UNNAMED");

    private static final Pattern OFF_LINE_KEY = Pattern.compile("\"offlineKey\": \"([^\"]+)\"");

    private final Ports ports = Ports.free();
    private final Path home;
    private final Programs programs;
    private final Gateway gateway;
    private final Store store;
    private Child process;

    private House(Path home) {
        this.home = home;
        programs = new Programs(TOP, home.resolve("programs"));
        Path data = home.resolve("gateway");
        gateway = new Gateway(programs, data, logs(), ports, Optional.empty(), Optional.of(home.resolve("sip2.txt")));
        store = new Store(data);
        process = gateway.start();
        awaitReady("the gateway's first start took ");
    }

    private void awaitReady(String what) {
        try {
            say(what + gateway.awaitReady(process).toMillis() + " ms");
        } catch (StartException e) {
            process.close();
            throw e;
        }
    }

    /** Builds a house in a folder of this name and waits until its gateway answers. */
    static House build(String name) {
        Path home = TOP.resolve("deploy/target").resolve(name);
        Folders.empty(home);
        writePrograms(home.resolve("programs"));
        return new House(home);
    }

    /** The gateway as the scripts start it, with its cache: without one each start takes three times as long. */
    private static void writePrograms(Path directory) {
        Path module = TOP.resolve("kiosk-app/target");
        List<String> kiosk = new ArrayList<>(JAVA);
        List<String> gateway = new ArrayList<>(JAVA);
        try {
            Files.createDirectories(directory);
            prepare(directory.resolve("prepare.log"));
            gateway.addAll(Files.readAllLines(TOP.resolve("deploy/target/programs/gateway.args")));
            kiosk.add("-cp");
            kiosk.add("\"" + module.resolve("kiosk-app.jar") + ":"
                    + Files.readString(module.resolve("classpath")).strip() + "\"");
            Files.write(directory.resolve("gateway.args"), gateway);
            Files.write(directory.resolve("kiosk.args"), kiosk);
        } catch (IOException e) {
            throw new UncheckedIOException("no build of the modules; run mvn verify from the top", e);
        }
    }

    private static void prepare(Path log) throws IOException {
        ProcessBuilder script = new ProcessBuilder(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        ". deploy/lib/machine.sh && . deploy/lib/programs.sh && prepare_programs")
                .directory(TOP.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        script.environment().put("KIMPPA_HOME", TOP.toString());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(script.start().onExit().join().exitValue())
                .as("the programs are prepared, see " + log)
                .isZero();
    }

    /** Prints what a person wants to know of a run. */
    static void say(String what) {
        OUT.println("house: " + what);
    }

    /** Waits for at most 20 s. */
    static void await(String what, Checks.Condition condition) {
        assertThat(Checks.until(condition)).as("within 20 s: " + what).isTrue();
    }

    /** Waits for at most this long. */
    static void await(String what, Duration patience, Checks.Condition condition) {
        assertThat(Checks.until(patience, condition))
                .as("within " + patience.toSeconds() + " s: " + what)
                .isTrue();
    }

    /** Lets a random moment of at most this length pass, so that whatever comes next meets the others anywhere. */
    static void moment(Random random, Duration longest) {
        LockSupport.parkNanos(random.nextLong(longest.toNanos()));
    }

    Ports ports() {
        return ports;
    }

    Programs programs() {
        return programs;
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** What is in the library's own database. */
    Store store() {
        return store;
    }

    /** How the terminals' configuration is written; what they keep lies under this name. */
    Configurations terminals(String name) {
        return new Configurations(
                ports, gateway.certificatePin(), home.resolve(name), Optional.empty(), Optional.of(offLineKey()));
    }

    /** As the gateway's log has it, from where staff copy it. */
    private String offLineKey() {
        try (Stream<String> lines = Files.lines(process.log())) {
            return lines.map(OFF_LINE_KEY::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A terminal of another maker, on the line without TLS. */
    Sip2Client machine(String login) {
        Sip2Address address = new Sip2Address("127.0.0.1", ports.of(Ports.Use.SIP), false, Optional.empty());
        return new Sip2Client(Sip2Client.Settings.of(address, login, Secret.of("demo-" + login)));
    }

    /** Kills the gateway at once; its database runs on. */
    void killGateway() {
        process.kill();
    }

    /** Starts it again and waits until it answers. */
    void restartGateway() {
        process = gateway.start();
        say("the gateway was ready again after " + gateway.awaitReady(process).toMillis() + " ms");
    }

    @Override
    public void close() {
        if (!process.alive()) {
            // It was killed, and its database outlives it: the next gateway adopts that and takes it along.
            restartGateway();
        }
        process.close();
    }
}

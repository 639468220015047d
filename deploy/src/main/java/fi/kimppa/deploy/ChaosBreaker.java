package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosFault.BalancerKilled;
import fi.kimppa.deploy.ChaosFault.ClockStepped;
import fi.kimppa.deploy.ChaosFault.DatabaseDiskFull;
import fi.kimppa.deploy.ChaosFault.DatabaseFrozen;
import fi.kimppa.deploy.ChaosFault.DatabaseGone;
import fi.kimppa.deploy.ChaosFault.DatabaseKilled;
import fi.kimppa.deploy.ChaosFault.GatewayFrozen;
import fi.kimppa.deploy.ChaosFault.GatewayKilled;
import fi.kimppa.deploy.ChaosFault.GatewayUpdated;
import fi.kimppa.deploy.ChaosFault.LibraryDiskFull;
import fi.kimppa.deploy.ChaosFault.LibraryFrozen;
import fi.kimppa.deploy.ChaosFault.LibraryKilled;
import fi.kimppa.deploy.ChaosFault.LineCut;
import fi.kimppa.deploy.ChaosFault.LineSlow;
import fi.kimppa.deploy.ChaosHouse.Library;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Breaks things and mends them. Threads: any; what befalls one thing is one thread's matter. */
final class ChaosBreaker {
    /** Shorter than a database server takes to start. */
    private static final Duration BETWEEN_KILLS = Duration.ofMillis(50);

    private static final String UNLIMITED = "unlimited";

    private final ChaosHouse house;

    ChaosBreaker(ChaosHouse house) {
        this.house = house;
    }

    /** Lets a fault befall, and returns when what it hit is back. */
    void befall(ChaosFault fault) {
        switch (fault) {
            case GatewayKilled(int place, Duration lasting) -> {
                house.gateway(place).kill();
                pause(lasting);
                house.restartGateway(place);
            }
            case GatewayFrozen(int place, Duration lasting) ->
                frozen(List.of(house.gateway(place).pid()), lasting);
            case GatewayUpdated(int place, boolean _) -> house.updateGateway(place);
            case ClockStepped(int place, Duration offset, Duration lasting) -> {
                house.turnClock(place, offset);
                pause(lasting);
                house.turnClock(place, Duration.ZERO);
            }
            case LibraryKilled(Library library, Duration lasting) -> {
                house.library(library).kill();
                pause(lasting);
                house.startLibrary(library);
            }
            case LibraryFrozen(Library library, Duration lasting) ->
                frozen(List.of(house.library(library).pid()), lasting);
            case LibraryDiskFull(Library library, Duration lasting) -> {
                List<Long> pid = List.of(house.library(library).pid());
                limit(pid, Long.toString(house.books(library).toFile().length() + 20));
                pause(lasting);
                limit(pid, UNLIMITED);
            }
            case LineCut(Library library, Duration lasting) -> {
                house.line(library).cut();
                pause(lasting);
                house.line(library).mend();
            }
            case LineSlow(Library library, Duration delay, Duration lasting) -> {
                house.line(library).slow(delay);
                pause(lasting);
                house.line(library).mend();
            }
            case DatabaseKilled(Duration lasting) -> {
                killDatabase();
                pause(lasting);
            }
            case DatabaseGone(Duration lasting) -> {
                long end = System.nanoTime() + lasting.toNanos();
                while (System.nanoTime() - end < 0) {
                    killDatabase();
                    pause(BETWEEN_KILLS);
                }
            }
            case DatabaseFrozen(Duration lasting) -> frozen(databasePids(), lasting);
            case DatabaseDiskFull(Duration lasting) -> {
                limit(databasePids(), Long.toString(ChaosHouse.FULL));
                pause(lasting);
                limit(databasePids(), UNLIMITED);
            }
            case BalancerKilled(Duration lasting) -> {
                house.balancer().kill();
                pause(lasting);
                house.restartBalancer();
            }
        }
    }

    private List<Long> databasePids() {
        return house.database().stream().map(ProcessHandle::pid).toList();
    }

    /** From now on no file of these processes, and of those that they start, grows beyond so many bytes. */
    private static void limit(List<Long> pids, String bytes) {
        pids.forEach(pid -> run("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":unlimited"));
    }

    private void killDatabase() {
        house.database().stream().limit(1).forEach(ProcessHandle::destroyForcibly);
    }

    private static void frozen(List<Long> pids, Duration lasting) {
        pids.forEach(pid -> run("kill", "-STOP", Long.toString(pid)));
        pause(lasting);
        pids.forEach(pid -> run("kill", "-CONT", Long.toString(pid)));
    }

    /** A process that has gone meanwhile cannot be hit: that is no fault of anybody. */
    private static void run(String... command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StartException(command[0] + " cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}

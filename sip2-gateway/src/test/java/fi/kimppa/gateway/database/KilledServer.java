package fi.kimppa.gateway.database;

import java.nio.file.Path;

/** Starts a database server and waits to be killed; a program of its own. */
final class KilledServer {
    private KilledServer() {}

    /** Argument: the data directory. Prints the port. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(PostgresServer.start(Path.of(arguments[0]), 0).port());
        Thread.currentThread().join();
    }
}

package fi.kimppa.gateway.database;

import fi.kimppa.gateway.consortium.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run by root, which they refuse: in a user namespace of their own, where root is nobody
 * and yet owns its files; where namespaces are forbidden, as in many containers, as the user nobody, who is then
 * given the directory.
 */
enum NotRoot {
    /** The gateway is not root; nothing is to be done. */
    ORDINARY(List.of()),
    /** A user namespace. */
    NAMESPACE(List.of("unshare", "--user")),
    /** Another user; util-linux is on every Debian. */
    NOBODY(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefix;

    NotRoot(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * The way that works on this machine.
     *
     * @param home directory of the database; given to nobody where that is the way
     * @param ways what may be tried
     * @throws CannotStartException if nobody cannot reach the directory
     */
    static NotRoot choose(Path home, Set<NotRoot> ways) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return ORDINARY;
        }
        if (ways.contains(NAMESPACE) && !isNobodys(home.resolve("database")) && works(NAMESPACE, "true")) {
            return NAMESPACE;
        }
        give(home);
        if (!works(NOBODY, "test", "-w", home.toString())) {
            throw new CannotStartException("PostgreSQL does not run as root, and the user nobody cannot reach " + home
                    + "; start the gateway as an ordinary user, or set kimppa.data-directory to a directory whose"
                    + " parents everybody may enter, such as /var/lib/kimppa");
        }
        return NOBODY;
    }

    /** What stands before the command. */
    List<String> prefix() {
        return prefix;
    }

    private static boolean works(NotRoot way, String... command) throws IOException {
        List<String> line =
                Stream.concat(way.prefix.stream(), Stream.of(command)).toList();
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + line.getFirst() + " ran", e);
        }
    }

    /** Data that an earlier start gave to nobody stays theirs: a namespace could not read it. */
    private static boolean isNobodys(Path data) throws IOException {
        return Files.exists(data) && Files.getOwner(data).equals(nobody(data));
    }

    private static UserPrincipal nobody(Path path) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    }

    private static void give(Path home) throws IOException {
        UserPrincipal nobody = nobody(home);
        Files.setOwner(home, nobody);
        // The gateway's own keys beside the database stay root's.
        for (String name : List.of("database", "database.password", "database.log")) {
            Path path = home.resolve(name);
            if (Files.exists(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    for (Path file : files.toList()) {
                        Files.setOwner(file, nobody);
                    }
                }
            }
        }
    }
}

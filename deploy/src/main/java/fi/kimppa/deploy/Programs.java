package fi.kimppa.deploy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code deploy/demo} has put what it built.
 *
 * @param home the top folder of the checkout
 * @param directory the java argument files, one for each program
 */
record Programs(Path home, Path directory) {
    /** As the script says by system properties. */
    static Programs fromProperties() {
        return new Programs(required("kimppa.home"), required("kimppa.programs"));
    }

    private static Path required(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(Path::of)
                .orElseThrow(() -> new StartException("This is started by deploy/demo, which sets " + property + "."));
    }

    /** The java argument that starts this program: options and class path. */
    String argumentFile(String program) {
        return "@" + directory.resolve(program + ".args");
    }
}

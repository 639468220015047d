package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.wire.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who logs in: a name on the command line, and a password that never stands there. */
final class Credentials {
    /** The options that it reads. */
    static final Set<String> OPTIONS = Set.of("--login", "--password-file", "--location");

    private final Options options;
    private final Terminal terminal;

    private Credentials(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    static Credentials of(Options options, Terminal terminal) {
        return new Credentials(options, terminal);
    }

    /** The first line of a file, {@code -} for standard input. */
    String firstLine(String file) {
        try {
            if (file.equals("-")) {
                return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
            }
            return Files.readString(Path.of(file)).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw options.wrong("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** The login that the options name; empty if they name none. */
    Optional<Login> login() {
        return options.value("--login").map(user -> {
            Secret password = options.value("--password-file")
                    .map(file -> Secret.of(firstLine(file)))
                    .orElseGet(() -> ask(user));
            return new Login("0", "0", user, password, options.value("--location"), List.of());
        });
    }

    private Secret ask(String user) {
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(
                        () -> options.wrong("--password-file names the password's file; there is nobody here to ask"));
        char[] typed = console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw options.wrong("no password");
        }
        try {
            return Secret.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}

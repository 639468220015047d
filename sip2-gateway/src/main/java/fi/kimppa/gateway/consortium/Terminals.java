package fi.kimppa.gateway.consortium;

import fi.kimppa.sip2.wire.Secret;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Logs terminals in. May be used by several threads. */
@Component
public class Terminals {
    /** A password shorter than this was not made by a machine; it is accepted in demonstrations only. */
    private static final int LEAST_CHARACTERS = 24;

    private final JdbcClient jdbc;
    private final Installation installation;

    Terminals(JdbcClient jdbc, Installation installation) {
        this.jdbc = jdbc;
        this.installation = installation;
    }

    /**
     * The terminal with this login if the password is its own; the caller counts failures.
     *
     * @param login CN or the HTTP user
     * @param password erased by the caller
     */
    public Optional<Terminal> authenticate(String login, Secret password) {
        if (!installation.demo() && length(password) < LEAST_CHARACTERS) {
            return Optional.empty();
        }
        return jdbc.sql("select login, kind, branch_code, institution_id, password from terminals where login = :login")
                .param("login", login)
                .query(Row.class)
                .optional()
                .filter(row -> TerminalPassword.matches(password, row.password))
                .map(row -> new Terminal(row.login, row.kind, row.branchCode, row.institutionId));
    }

    private static int length(Secret password) {
        char[] characters = password.reveal();
        Arrays.fill(characters, '\0');
        return characters.length;
    }

    private record Row(String login, Terminal.Kind kind, String branchCode, String institutionId, String password) {
        @Override
        public String toString() {
            return login;
        }
    }
}

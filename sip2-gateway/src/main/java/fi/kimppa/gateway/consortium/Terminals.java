package fi.kimppa.gateway.consortium;

import fi.kimppa.sip2.wire.Secret;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Logs terminals in, and knows their certificates. May be used by several threads. */
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
                .map(Row::terminal);
    }

    /** Whether the certificate with this SHA-256 has been written down as a terminal's. */
    public boolean haveCertificate(String sha256) {
        return jdbc.sql("select exists (select from terminal_certificates where sha256 = :sha256)")
                .param("sha256", sha256)
                .query(Boolean.class)
                .single();
    }

    /**
     * The terminal that a certificate belongs to: the one that it was written down for, or the one whose login is the
     * certificate's name.
     *
     * @param sha256 of the certificate, lower-case hex
     * @param commonName CN if an authority stands for it, else empty
     */
    public Optional<Terminal> ofCertificate(String sha256, String commonName) {
        return jdbc.sql("""
                        select login, kind, branch_code, institution_id, password
                        from terminals left join terminal_certificates on terminal = login
                        where sha256 = :sha256 or common_name = :name or login = :name
                        order by sha256 = :sha256 desc nulls last, common_name = :name desc nulls last
                        limit 1""")
                .param("sha256", sha256)
                .param("name", commonName)
                .query(Row.class)
                .optional()
                .map(Row::terminal);
    }

    /** Whether there is a terminal with this login. */
    public boolean knows(String login) {
        return jdbc.sql("select exists (select from terminals where login = :login)")
                .param("login", login)
                .query(Boolean.class)
                .single();
    }

    /** Logins of the terminals that cannot log in by password, since none has been set yet. */
    public Set<String> withoutPassword() {
        return Set.copyOf(jdbc.sql("select login from terminals where password = :none")
                .param("none", TerminalPassword.NONE)
                .query((row, _) -> row.getString("login"))
                .list());
    }

    private static int length(Secret password) {
        char[] characters = password.reveal();
        Arrays.fill(characters, '\0');
        return characters.length;
    }

    private record Row(String login, Terminal.Kind kind, String branchCode, String institutionId, String password) {
        Terminal terminal() {
            return new Terminal(login, kind, branchCode, institutionId);
        }

        @Override
        public String toString() {
            return login;
        }
    }
}

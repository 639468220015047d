package fi.kimppa.gateway.console;

import fi.kimppa.gateway.consortium.Installation;
import fi.kimppa.gateway.database.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Staff and their passwords: Argon2id with 19 MiB, 2 passes and one lane (OWASP's least), a salt of 16 bytes and 32
 * bytes of hash; no more are verified at once than the machine has cores. When the first user is needed one is made.
 */
@Component
class StaffUsers implements SmartInitializingSingleton {
    /** What staff may do. */
    enum Role {
        STAFF,
        /** Also sees what operators see. */
        ADMIN
    }

    /** A user who has shown the right password. */
    record StaffUser(String name, Role role) {}

    private record Row(String name, String password, Role role) {}

    /** Holds the first administrator's password until somebody reads and removes it. */
    static final String FIRST_PASSWORD_FILE = "first-admin-password.txt";

    private static final Logger log = LoggerFactory.getLogger(StaffUsers.class);
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Path dataDirectory;
    private final boolean demo;
    private final Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, PASSES);
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());
    /** Verified for users who do not exist, so that the time of an answer does not tell who does. */
    private final String nobody = argon.encode(randomPassword());

    StaffUsers(
            JdbcClient jdbc,
            Clock clock,
            @Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory,
            Installation installation) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.dataDirectory = dataDirectory;
        this.demo = installation.demo();
    }

    /** The user with this name if the password is right. */
    Optional<StaffUser> authenticate(String name, CharSequence password) {
        Optional<Row> row = jdbc.sql("select name, password, role from staff where name = :name")
                .param("name", name.toLowerCase(Locale.ROOT))
                .query(Rows.of(Row.class))
                .optional();
        boolean right = verify(password, row.map(Row::password).orElse(nobody));
        return row.filter(_ -> right).map(user -> new StaffUser(user.name(), user.role()));
    }

    private boolean verify(CharSequence password, String stored) {
        atOnce.acquireUninterruptibly();
        try {
            return argon.matches(password, stored);
        } finally {
            atOnce.release();
        }
    }

    /** Before any terminal is let in: a gateway that serves must not end because its database is away just then. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            makeFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("the first administrator's password cannot be written down", e);
        }
    }

    private void makeFirst() throws IOException {
        if (demo) {
            add("staff", "demo-staff", Role.STAFF);
            add("admin", "demo-admin", Role.ADMIN);
        } else if (nobodyThere()) {
            String password = randomPassword();
            Path file = dataDirectory.resolve(FIRST_PASSWORD_FILE);
            Files.createDirectories(dataDirectory);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password + "\n", StandardOpenOption.WRITE);
            add("admin", password, Role.ADMIN);
            log.info("The staff's pages have their first user, admin; the password stands in {}", file);
        }
    }

    private boolean nobodyThere() {
        return jdbc.sql("select count(*) from staff").query(Long.class).single() == 0;
    }

    private void add(String name, String password, Role role) {
        jdbc.sql("""
                        insert into staff (name, password, role, created_at)
                        values (:name, :password, :role, :now) on conflict (name) do nothing""")
                .param("name", name)
                .param("password", argon.encode(password))
                .param("role", role.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package fi.kimppa.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

class StaffUsersTest extends GatewayTest {
    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Test
    @Transactional
    void realInstallationGetsOneAdministratorWhosePasswordOnlyTheOwnerCanRead(@TempDir Path data) throws Exception {
        jdbc.sql("delete from staff").update();
        Installation real = mock(Installation.class);
        when(real.demo()).thenReturn(false);
        StaffUsers users = new StaffUsers(jdbc, clock, data, real);
        users.afterSingletonsInstantiated();
        Path file = data.resolve(StaffUsers.FIRST_PASSWORD_FILE);
        String password = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(password).hasSize(32);
        assertThat(users.authenticate("admin", password))
                .contains(new StaffUsers.StaffUser("admin", StaffUsers.Role.ADMIN));
        assertThat(users.authenticate("staff", "demo-staff")).isEmpty();
        Files.delete(file);
        users.afterSingletonsInstantiated();
        assertThat(file).doesNotExist();
    }
}

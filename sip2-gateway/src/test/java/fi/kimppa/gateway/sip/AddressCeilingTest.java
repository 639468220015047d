package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressCeilingTest {
    private final AddressCeiling ceiling = new AddressCeiling(2);

    @Test
    void givesEveryAddressItsShare() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");
        assertThat(ceiling.enter(branch)).isTrue();
        assertThat(ceiling.enter(branch)).isTrue();
        assertThat(ceiling.enter(branch)).isFalse();
        assertThat(ceiling.enter(branch)).isFalse();
        assertThat(ceiling.enter(other)).isTrue();
        ceiling.leave(branch);
        assertThat(ceiling.enter(branch)).isTrue();
        assertThat(ceiling.enter(branch)).isFalse();
    }

    @Test
    void letsAnyNumberComeFromLoopback() {
        for (int i = 0; i < 10; i++) {
            assertThat(ceiling.enter(InetAddress.getLoopbackAddress())).isTrue();
        }
    }
}

package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.sip.Line.ArrivalRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** haproxy's doc/proxy-protocol.txt, sections 2.1 and 2.2; the bytes of version 2 are written out by hand. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";

    @Test
    void readsBothFamiliesOfTheText() throws IOException {
        assertThat(read(text("PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001\r\n")))
                .contains(peer("203.0.113.7", 51_234));
        assertThat(read(text("PROXY TCP6 2001:db8::7 ::1 0 65535\r\n"))).contains(peer("2001:db8::7", 0));
    }

    @Test
    void readsTheLongestTextThatThereIs() throws IOException {
        String address = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        assertThat(read(text("PROXY TCP6 " + address + " " + address + " 65535 65535\r\n")))
                .contains(peer(address, 65_535));
        assertThat(read(text("PROXY UNKNOWN " + address + " " + address + " 65535 65535\r\n")))
                .isEmpty();
    }

    @Test
    void readsBothFamiliesOfTheBinaryForm() throws IOException {
        assertThat(read(binary("21 11 000C  CB007107 C0000201 C822 1771"))).contains(peer("203.0.113.7", 51_234));
        assertThat(read(binary(
                        "21 21 0024  20010DB8000000000000000000000007 00000000000000000000000000000001 C822 1771")))
                .contains(peer("2001:db8::7", 51_234));
    }

    @Test
    void passesOverWhatFollowsTheAddresses() throws IOException {
        // NOOP of three bytes, then the unique id of the connection.
        assertThat(read(binary("21 11 0017  CB007107 C0000201 C822 1771  04 0003 000000  05 0002 4142")))
                .contains(peer("203.0.113.7", 51_234));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // LOCAL, without and with addresses
                "20 00 0000",
                "20 11 000C  CB007107 C0000201 C822 1771",
                // UNSPEC, a datagram, a local socket
                "21 00 0000",
                "21 12 000C  CB007107 C0000201 C822 1771",
                "21 31 0003  000000"
            })
    void namesNobodyWhereTheBalancerDoesNot(String header) throws IOException {
        assertThat(read(binary(header))).isEmpty();
    }

    @Test
    void namesNobodyForAnUnknownText() throws IOException {
        assertThat(read(text("PROXY UNKNOWN\r\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001\n   \r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 51234\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001 7\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 65536 6001\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 051 6001\r\n",
                "PROXY TCP4 203.0.113.256 192.0.2.1 51234 6001\r\n",
                "PROXY TCP4 203.0.113 192.0.2.1 51234 6001\r\n",
                "PROXY TCP4 2001:db8::7 ::1 51234 6001\r\n",
                "PROXY TCP6 203.0.113.7 192.0.2.1 51234 6001\r\n",
                "PROXY TCP6 2001:db8::7::1 ::1 51234 6001\r\n",
                "PROXY TCP4 localhost 192.0.2.1 51234 6001\r\n",
                "PROXY  TCP4 203.0.113.7 192.0.2.1 51234 6001\r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY UDP4 203.0.113.7 192.0.2.1 51234 6001\r\n",
                "proxy tcp4 203.0.113.7 192.0.2.1 51234 6001\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001",
                "PROXY TCP4 2",
                "9300CNkiosk-turku|COdemo-kiosk-turku|\r",
                ""
            })
    void refusesWhatIsNoTextHeader(String header) {
        assertThatThrownBy(() -> read(text(header))).isInstanceOf(ArrivalRefusedException.class);
    }

    @Test
    void refusesATextOfMoreThan107BytesWithoutWaitingForItsEnd() {
        assertThatThrownBy(() -> read(text("PROXY UNKNOWN " + "x".repeat(92) + "\r\n")))
                .isInstanceOf(ArrivalRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // versions 1 and 3, command 2
                "11 11 000C  CB007107 C0000201 C822 1771",
                "31 11 000C  CB007107 C0000201 C822 1771",
                "22 11 000C  CB007107 C0000201 C822 1771",
                // families that are none
                "21 41 000C  CB007107 C0000201 C822 1771",
                "21 13 000C  CB007107 C0000201 C822 1771",
                // too short for its family, cut short, longer than ours may be
                "21 11 000B  CB007107 C0000201 C822 17",
                "21 21 000C  CB007107 C0000201 C822 1771",
                "21 11 000D  CB007107 C0000201 C822 1771",
                "21 11 FFFF",
                "21 11"
            })
    void refusesWhatIsNoBinaryHeader(String header) {
        assertThatThrownBy(() -> read(binary(header))).isInstanceOf(ArrivalRefusedException.class);
    }

    @Test
    void leavesEveryByteBehindTheHeader() throws IOException {
        for (InputStream in : new InputStream[] {
            text("PROXY TCP4 203.0.113.7 192.0.2.1 51234 6001\r\n99"),
            text("PROXY UNKNOWN\r\n99"),
            new ByteArrayInputStream(HexFormat.of().parseHex(SIGNATURE + "200000003939"))
        }) {
            ProxyHeader.read(in);
            assertThat(in.readAllBytes()).isEqualTo("99".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Optional<InetSocketAddress> read(InputStream in) throws IOException {
        return ProxyHeader.read(in);
    }

    private static InputStream text(String header) {
        return new ByteArrayInputStream(header.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static InputStream binary(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", "")));
    }

    private static InetSocketAddress peer(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}

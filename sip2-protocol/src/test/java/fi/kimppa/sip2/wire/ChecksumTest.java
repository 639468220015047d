package fi.kimppa.sip2.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void isTheSumOfTheBytesTakenFromNothingAtAnyLength() {
        Random random = new Random(20_261_127);
        byte[] bytes = new byte[70_000];
        random.nextBytes(bytes);
        for (int length = 0; length < 400; length++) {
            assertThat(Checksum.of(bytes, length)).as("%d bytes", length).isEqualTo(oneByOne(bytes, length));
        }
        Arrays.fill(bytes, (byte) 0xFF);
        assertThat(Checksum.of(bytes, bytes.length)).isEqualTo(oneByOne(bytes, bytes.length));
    }

    private static int oneByOne(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += Byte.toUnsignedInt(bytes[i]);
        }
        return (0x10000 - sum % 0x10000) & 0xFFFF;
    }
}

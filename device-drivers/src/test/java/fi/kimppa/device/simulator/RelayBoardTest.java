package fi.kimppa.device.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The virtual board's answers in the TCP form of the published frames. */
class RelayBoardTest {
    private final VirtualDoor door = new VirtualDoor(0, () -> {});
    private final RelayBoard board = new RelayBoard(door);

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # switch on, off; read 8 coils, 8 inputs; all off; flash for 0.7 s
        000100000006 01 050000FF00,       000100000006 01 050000FF00
        000200000006 01 0500000000,       000200000006 01 0500000000
        000300000006 01 0100000008,       000300000004 01 010100
        000400000006 01 0200000008,       000400000004 01 020100
        000500000008 01 0F000000080100,   000500000006 01 0F00000008
        000600000006 01 0502000007,       000600000006 01 0502000007
        # no such coil, no such value, no such function, too short, count 0, byte count that does not fit
        000700000006 01 050008FF00,       000700000003 01 8502
        000800000006 01 0500001234,       000800000003 01 8503
        000900000006 11 0300000001,       000900000003 11 8301
        000A00000003 01 0100,             000A00000003 01 8103
        000B00000006 01 0100000000,       000B00000003 01 8103
        000C00000008 01 0F000000090100,   000C00000003 01 8F03
        """)
    void answersTheGoldenRequests(String request, String answer) {
        assertThat(board.answer(hex(request))).isEqualTo(hex(answer));
    }

    @Test
    void answersAnyRequestAtAll() {
        var random = new Random(502);
        for (int i = 0; i < 50_000; i++) {
            byte[] frame = new byte[8 + random.nextInt(20)];
            random.nextBytes(frame);
            if (random.nextBoolean()) {
                frame[7] = new byte[] {1, 2, 5, 0x0F}[random.nextInt(4)];
            }
            assertThat(board.answer(frame)).hasSizeGreaterThan(8);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}

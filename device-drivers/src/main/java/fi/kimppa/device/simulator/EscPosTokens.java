package fi.kimppa.device.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the bytes of one host into ESC/POS commands and single letters. Knows the length of every command in common use; an unknown
 * escape sequence is taken as two bytes. For one thread.
 */
final class EscPosTokens {
    private static final int DLE = 0x10;
    private static final int ESC = 0x1B;
    private static final int FS = 0x1C;
    private static final int GS = 0x1D;
    /** No command of a receipt is longer; one that says it is, is rubbish and passed over. */
    private static final int LONGEST = 1 << 20;

    private static final int UNKNOWN = -1;

    private byte[] waiting = new byte[0];

    /** Takes in bytes and returns the commands that are complete now. */
    List<byte[]> feed(byte[] bytes, int count) {
        byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
        System.arraycopy(bytes, 0, joined, waiting.length, count);
        waiting = joined;
        List<byte[]> tokens = new ArrayList<>();
        int at = 0;
        while (at < waiting.length) {
            long length = lengthAt(at);
            if (length > LONGEST) {
                at += 2;
                continue;
            }
            if (length == UNKNOWN || at + length > waiting.length) {
                break;
            }
            tokens.add(Arrays.copyOfRange(waiting, at, at + (int) length));
            at += (int) length;
        }
        waiting = Arrays.copyOfRange(waiting, at, waiting.length);
        return tokens;
    }

    private long lengthAt(int at) {
        int first = at(at);
        if (first != DLE && first != ESC && first != GS && first != FS) {
            return 1;
        }
        int second = at(at + 1);
        if (second == UNKNOWN) {
            return UNKNOWN;
        }
        return switch (first) {
            case DLE -> realTime(at, second);
            case ESC -> escape(at, second);
            case GS -> group(at, second);
            default -> kanji(at, second);
        };
    }

    private long realTime(int at, int second) {
        int third = at(at + 2);
        if (second != 0x04 && second != 0x05 && second != 0x14) {
            return 2;
        }
        if (third == UNKNOWN) {
            return UNKNOWN;
        }
        return switch (second) {
            case 0x04 -> third == 7 || third == 8 || third == 18 ? 4 : 3;
            case 0x05 -> 3;
            default -> third == 8 ? 10 : third == 3 ? 8 : third == 7 ? 4 : 5;
        };
    }

    private long kanji(int at, int second) {
        return switch (second) {
            case '(' -> counted(at + 3, 5);
            case '!', '-', 'W', 'C' -> 3;
            case 'S', 'p' -> 4;
            default -> 2;
        };
    }

    private long escape(int at, int second) {
        return switch (second) {
            case 'R', 't', 'E', '-', 'a', '!', 'd', 'J', 'M', 'G', 'V', '3', '{', ' ', '=', 'r', 'e', 6 -> 3;
            case '$', '\\', 'c' -> 4;
            case 'p' -> 5;
            case 'D' -> upToZero(at, 2);
            case '*' -> bitImage(at);
            default -> 2;
        };
    }

    private long group(int at, int second) {
        return switch (second) {
            case '!', 'r', 'a', 'I', 'h', 'w', 'H', 'f', 'B', '/', 'b', 0xE0 -> 3;
            case 'e' -> ejector(at);
            case '8' -> graphics(at);
            case 'L', 'W', '$', 'P', '\\' -> 4;
            case 'V' -> at(at + 2) == UNKNOWN ? UNKNOWN : at(at + 2) >= 'A' ? 4 : 3;
            case '(' -> counted(at + 3, 5);
            case 'k' -> barCode(at);
            case 'v' -> raster(at);
            default -> 2;
        };
    }

    /** Custom's: some have a length, one also a time. */
    private long ejector(int at) {
        int what = at(at + 2);
        return what == UNKNOWN ? UNKNOWN : what == 3 ? 4 : what == 32 ? 5 : 3;
    }

    private long graphics(int at) {
        if (at(at + 6) == UNKNOWN) {
            return UNKNOWN;
        }
        return 7 + at(at + 3) + 256L * (at(at + 4) + 256L * (at(at + 5) + 256L * at(at + 6)));
    }

    private long counted(int lengthAt, int head) {
        return at(lengthAt + 1) == UNKNOWN ? UNKNOWN : head + at(lengthAt) + 256L * at(lengthAt + 1);
    }

    private long barCode(int at) {
        int type = at(at + 2);
        if (type == UNKNOWN) {
            return UNKNOWN;
        }
        return type < 'A' ? upToZero(at, 3) : at(at + 3) == UNKNOWN ? UNKNOWN : 4L + at(at + 3);
    }

    private long raster(int at) {
        if (at(at + 7) == UNKNOWN) {
            return UNKNOWN;
        }
        return 8 + (at(at + 4) + 256L * at(at + 5)) * (at(at + 6) + 256L * at(at + 7));
    }

    private long bitImage(int at) {
        if (at(at + 4) == UNKNOWN) {
            return UNKNOWN;
        }
        return 5 + (at(at + 3) + 256L * at(at + 4)) * (at(at + 2) >= 32 ? 3 : 1);
    }

    private long upToZero(int at, int head) {
        int end = at + head;
        while (at(end) > 0) {
            end++;
        }
        return at(end) == UNKNOWN ? UNKNOWN : end + 1L - at;
    }

    private int at(int index) {
        return index < waiting.length ? waiting[index] & 0xFF : UNKNOWN;
    }
}

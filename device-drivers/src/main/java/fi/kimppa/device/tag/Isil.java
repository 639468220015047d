package fi.kimppa.device.tag;

import java.util.Optional;

/**
 * The code in which ISO 28560-2 stores an ISIL: three tables, five bits a character in the letter tables and four in the numeric
 * one, beginning with upper case. The last byte is filled with one bits: five zero bits would read as a hyphen.
 */
final class Isil {
    private static final int LETTER_BITS = 5;
    private static final int NUMERIC_BITS = 4;

    private Isil() {}

    /**
     * A table: its characters by code, and the codes that switch to the two other tables, for good (latch) or for one character
     * (shift). A latch is followed by its shift.
     */
    private enum Table {
        UPPER("-ABCDEFGHIJKLMNOPQRSTUVWXYZ:", LETTER_BITS),
        LOWER("-abcdefghijklmnopqrstuvwxyz/", LETTER_BITS),
        NUMERIC("0123456789-:", NUMERIC_BITS);

        private final String characters;
        private final int bits;

        Table(String characters, int bits) {
            this.characters = characters;
            this.bits = bits;
        }

        boolean has(char c) {
            return characters.indexOf(c) >= 0;
        }

        Table first() {
            return this == UPPER ? LOWER : UPPER;
        }

        Table second() {
            return this == NUMERIC ? LOWER : NUMERIC;
        }

        int latch(Table target) {
            return characters.length() + (target == first() ? 0 : 2);
        }

        Table target(int code) {
            return code - characters.length() < 2 ? first() : second();
        }

        boolean isShift(int code) {
            return (code - characters.length()) % 2 == 1;
        }
    }

    /** The ISIL; empty when there is none. */
    static Optional<String> decode(byte[] data) {
        var bits = new Bits(data);
        var text = new StringBuilder();
        Table table = Table.UPPER;
        Table latched = Table.UPPER;
        while (bits.left() >= table.bits) {
            int code = bits.take(table.bits);
            if (code < table.characters.length()) {
                text.append(table.characters.charAt(code));
                table = latched;
            } else {
                Table target = table.target(code);
                latched = table.isShift(code) ? latched : target;
                table = target;
            }
        }
        return Text.printable(text.toString());
    }

    static byte[] encode(String isil) {
        var bits = new StringBuilder();
        Table table = Table.UPPER;
        for (int i = 0; i < isil.length(); i++) {
            char c = isil.charAt(i);
            if (table.has(c)) {
                append(bits, table.characters.indexOf(c), table.bits);
            } else {
                Table target = holding(c);
                boolean more = i + 1 < isil.length();
                boolean single = more ? table.has(isil.charAt(i + 1)) : table == Table.LOWER;
                append(bits, table.latch(target) + (single ? 1 : 0), table.bits);
                append(bits, target.characters.indexOf(c), target.bits);
                table = single ? table : target;
            }
        }
        while (bits.length() % 8 != 0) {
            bits.append('1');
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits, i * 8, i * 8 + 8, 2);
        }
        return bytes;
    }

    private static Table holding(char c) {
        for (Table table : Table.values()) {
            if (table.has(c)) {
                return table;
            }
        }
        throw new IllegalArgumentException("An ISIL cannot contain '" + c + "'");
    }

    private static void append(StringBuilder bits, int value, int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            bits.append((value >> bit & 1) == 0 ? '0' : '1');
        }
    }
}

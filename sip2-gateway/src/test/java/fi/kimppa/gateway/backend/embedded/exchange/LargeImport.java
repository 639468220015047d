package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.exchange.Imports.Order;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Brings a large file in and takes everything out; a program of its own, so that it can have a small heap. */
final class LargeImport {
    private LargeImport() {}

    /** Arguments: URL, user and password of the database, how many records. */
    public static void main(String[] arguments) throws Exception {
        BackHalf house = ExchangeHand.house(new Database(arguments[0], arguments[1], arguments[2]));
        ExchangeHand hand = new ExchangeHand(house);
        long began = System.nanoTime();
        long number = house.bean(Imports.class)
                .take(new Order(Kind.MARC, "large", "952", false), records(Integer.parseInt(arguments[3])), "anna")
                .orElseThrow();
        hand.work();
        say("READ", began);
        house.bean(Imports.class).begin(number, "anna");
        hand.work();
        say("WRITTEN " + hand.job(number).counts().added(), began);
        house.bean(StoreExport.class).write(Optional.empty(), "anna", OutputStream.nullOutputStream());
        say("EXPORTED", began);
        house.close();
        System.exit(0);
    }

    private static void say(String what, long began) {
        System.out.println(what + " after " + (System.nanoTime() - began) / 1_000_000_000 + " s");
    }

    private static InputStream records(int count) {
        return new Records(count);
    }

    /** Records that are made while they are read, of some 600 bytes as catalogues have them. */
    private static final class Records extends InputStream {
        private final int count;
        private int made;
        private ByteArrayInputStream record = new ByteArrayInputStream(new byte[0]);

        Records(int count) {
            this.count = count;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (record.available() == 0 && made < count) {
                record = new ByteArrayInputStream(record(made++));
            }
            return record.read(into, offset, length);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        private static byte[] record(int number) {
            return MarcFile.record(
                    'a',
                    List.of(
                            "001" + number,
                            "1001 $aKirjailija, Kalle,",
                            "24510$aSuuri teos " + number + " /$cKalle Kirjailija.",
                            "520  $a" + "Selostus. ".repeat(40),
                            "952  $aTURKU$p8" + (100_000_000 + number) + "$o84.2$yBOOK"));
        }
    }
}

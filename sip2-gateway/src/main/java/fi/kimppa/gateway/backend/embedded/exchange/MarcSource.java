package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.MarcPieces.Piece;
import fi.kimppa.gateway.backend.embedded.exchange.MarcRecords.BrokenException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** A file of MARC 21 or MARCXML. A record that is broken is told with its number, and the next is read. */
final class MarcSource implements RowSource {
    private final MarcPieces pieces;
    private final MarcRecords records = new MarcRecords();
    private final MarcTitle titles;
    private final String tag;
    private long number;

    MarcSource(InputStream in, HoldingsField holdings) {
        this.pieces = new MarcPieces(in);
        this.titles = new MarcTitle(holdings);
        this.tag = holdings.tag();
    }

    @Override
    public Optional<Read> next() throws IOException {
        Optional<Piece> piece = pieces.next();
        if (piece.isEmpty()) {
            return number++ == 0
                    ? Optional.of(new Read(1, List.of(), List.of(Finding.of(1, "", Why.NOTHING, ""))))
                    : Optional.empty();
        }
        number++;
        return piece.map(this::read);
    }

    private Read read(Piece piece) {
        if (piece.bytes().isEmpty()) {
            return found(Why.TOO_LONG, "");
        }
        try {
            List<Row> rows = titles.rows(records.read(piece.bytes().get(), piece.xml()), number);
            return rows.isEmpty() ? found(Why.NO_THINGS, tag) : new Read(number, rows, List.of());
        } catch (CharacterCodingException _) {
            return found(Why.ENCODING, "");
        } catch (BrokenException _) {
            return found(Why.BROKEN, "");
        }
    }

    private Read found(Why why, String field) {
        return new Read(number, List.of(), List.of(Finding.of(number, field, why, "")));
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }
}

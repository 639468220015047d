package fi.kimppa.kiosk.paper;

import fi.kimppa.kiosk.text.Texts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a layout writes in one place: letters as they are, fields, and sentences of the bundles. Immutable.
 *
 * @param pieces from left to right
 */
record Written(List<Piece> pieces) {
    /** Takes a copy. */
    Written {
        pieces = List.copyOf(pieces);
    }

    /** A part of what is written. */
    sealed interface Piece {
        /** Letters as they stand in the layout. */
        record Letters(String text) implements Piece {}

        /** {@code {title}}: a field. */
        record Field(String name) implements Piece {}

        /** {@code {text paper.phone}}: a sentence in the language of the paper; its parameters are fields of the same name. */
        record Sentence(String key) implements Piece {}

        /** {@code {count paper.pieces loans}}: the sentence of a number, which stands in a field. */
        record Counted(String key, String field) implements Piece {}
    }

    String on(Sheet sheet, Texts texts) {
        return pieces.stream().map(piece -> on(piece, sheet, texts)).collect(Collectors.joining());
    }

    private static String on(Piece piece, Sheet sheet, Texts texts) {
        return switch (piece) {
            case Piece.Letters(String text) -> text;
            case Piece.Field(String name) -> sheet.field(name);
            case Piece.Sentence(String key) ->
                texts.say(
                        key,
                        texts.parametersOf(key).stream()
                                .flatMap(name -> List.of(name, sheet.field(name)).stream())
                                .toArray());
            case Piece.Counted(String key, String field) -> texts.count(key, Integer.parseInt(sheet.field(field)));
        };
    }
}

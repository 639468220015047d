package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.kiosk.paper.Written.Piece;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields a layout mentions, those of a list as {@code loans due}. Pure. */
final class Mentions {
    private Mentions() {}

    static Set<String> of(List<Part> parts) {
        return parts.stream().flatMap(part -> of(part, "")).collect(Collectors.toSet());
    }

    private static Stream<String> of(Part part, String prefix) {
        return switch (part) {
            case Part.Line(Align _, Style _, Written written) -> of(written, prefix);
            case Part.Both(Style _, Written left, Written right) -> Stream.concat(of(left, prefix), of(right, prefix));
            case Part.Title(Style _, Written written) -> of(written, prefix);
            case Part.Qr(Written written) -> of(written, prefix);
            case Part.Each(String list, List<Part> parts) -> parts.stream().flatMap(inner -> of(inner, list + " "));
            case Part.If(String name, boolean _, List<Part> parts) ->
                Stream.concat(Stream.of(prefix + name), parts.stream().flatMap(inner -> of(inner, prefix)));
            case Part.Logo _, Part.Rule _, Part.Blank _, Part.Cut _ -> Stream.empty();
        };
    }

    private static Stream<String> of(Written written, String prefix) {
        return written.pieces().stream().flatMap(piece -> switch (piece) {
            case Piece.Letters _ -> Stream.empty();
            case Piece.Field(String name) -> Stream.of(prefix + name);
            case Piece.Sentence(String key) ->
                Sentences.parameters(key).stream().map(name -> prefix + name);
            case Piece.Counted(String _, String field) -> Stream.of(prefix + field);
        });
    }
}

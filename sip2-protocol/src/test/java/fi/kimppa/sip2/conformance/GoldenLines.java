package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all golden conversations send, each line once, as an assembler delivers it. */
public final class GoldenLines {
    private GoldenLines() {}

    public static List<byte[]> all() {
        Set<String> distinct = new LinkedHashSet<>();
        for (Conversation conversation : Conversation.shipped()) {
            Map<String, String> variables = conversation.needs().stream()
                    .collect(Collectors.toMap(
                            Function.identity(), name -> name.contains("PIN") ? "1234" : "3000000035"));
            FrameAssembler assembler = new FrameAssembler(WireProfile.DEFAULT.maxFrameBytes());
            for (byte next : conversation.bytes(
                    variables, Instant.parse("2026-11-24T17:30:00Z"), ZoneId.of("Europe/Helsinki"))) {
                assembler.accept(next).ifPresent(whole -> distinct.add(new String(whole, StandardCharsets.ISO_8859_1)));
            }
        }
        return distinct.stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}

package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.message.Timestamp;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What the marks of a conversation stand for while it is played.
 *
 * @param variables by name, without the dollar sign
 * @param now what {@code {now}} means, the same from the first line to the last
 * @param zone of local times
 * @param charset of coded fields
 */
record Values(Map<String, String> variables, Instant now, ZoneId zone, Charset charset) {
    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("$" + name + " was not asked for in needs");
        }
        return value;
    }

    String local(Instant moment) {
        return Timestamp.of(moment, zone).text();
    }

    /** With zone Z, as some machines send it. */
    String utc(Instant moment) {
        return new StringBuilder(Timestamp.of(moment, ZoneOffset.UTC).text())
                .replace(8, 12, "   Z")
                .toString();
    }
}

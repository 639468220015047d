package fi.kimppa.gateway.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Several statements as one text, so that they go to the database in one trip; they are done in their order. For one thread. */
final class OneTrip {
    /** The texts are constants of the program, so there are few. */
    private static final Map<String, Prepared> PREPARED = new ConcurrentHashMap<>();

    private final List<String> statements = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** A statement as it is sent. */
    private record Prepared(ParsedSql parsed, String text) {
        static Prepared of(String sql) {
            ParsedSql parsed = NamedParameterUtils.parseSqlStatement(sql);
            return new Prepared(parsed, NamedParameterUtils.substituteNamedParameters(parsed, null));
        }
    }

    /** Adds a statement with named parameters. */
    OneTrip add(String sql, SqlParameterSource params) {
        Prepared prepared = PREPARED.computeIfAbsent(sql, Prepared::of);
        statements.add(prepared.text);
        values.addAll(Arrays.asList(NamedParameterUtils.buildValueArray(prepared.parsed, params, null)));
        return this;
    }

    String text() {
        return String.join(";\n", statements);
    }

    /** The parameters of all of them. */
    @Nullable
    Object[] values() {
        return values.toArray();
    }
}

package fi.kimppa.gateway.backend.embedded.catalogue;

import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Query.By;
import fi.kimppa.gateway.database.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds titles of the store. All words must be there, each as it is, as the beginning of a longer one, or by its stem in Finnish or
 * Swedish; what begins with the text as a whole comes first. So many are looked at and no more, however common the words are.
 */
@Component
class Finds {
    /** Titles and authors that begin with the text. */
    private static final int MOST_BEGINNING = 200;

    /** Titles with these words. */
    private static final int MOST_WITH_WORDS = 500;

    /** How much of a word must be the same, as pg_trgm counts it: one letter of five may be wrong, missing or too much. */
    private static final String ALIKE = "0.4";

    /** A work of the store; its subjects have a semicolon between them. */
    record Work(int id, String title, String author, String subjects) {}

    /**
     * Works in their order.
     *
     * @param total on all pages
     * @param more whether not all could be counted
     */
    record Page(List<Work> works, int total, boolean more) {}

    private record Row(int id, String title, String author, String subjects, int total) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    Finds(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** The work with this record number. */
    Optional<Work> work(int id) {
        return jdbc.sql("select id, title, author, subjects from titles where id = :id")
                .param("id", id)
                .query(Rows.of(Work.class))
                .optional();
    }

    /** Works that have all words of the query. */
    Page exact(Query query) {
        List<String> words = query.words();
        String asked = each(words, word -> "word_query(" + word + ", :parts)", " && ");
        String sql = """
                with begins as (%s),
                     has as (select t.id from titles t
                              where title_words(t.title, t.author, t.subjects) @@ (%s) limit :with_words),
                     found as (select id, max(first) as first
                                 from (select id, 1 as first from begins union all select id, 0 from has) all_of_them
                                group by id)
                select t.id, t.title, t.author, t.subjects, count(*) over () as total
                  from found f join titles t on t.id = f.id
                 where exists (select from items i where i.title_id = t.id)
                 order by (name_key(t.title) = name_key(:text)) desc, f.first desc,
                          ts_rank(title_words(t.title, t.author, t.subjects), %s, 1) desc,
                          name_key(t.title) collate "C", t.id
                 limit :size offset :skipped
                """.formatted(beginning(query.by()), asked, asked);
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "text",
                query.plain(),
                "parts",
                parts(query.by()),
                "beginning",
                MOST_BEGINNING,
                "with_words",
                MOST_WITH_WORDS));
        parameters.putAll(named(words));
        return page(sql, parameters, query, MOST_WITH_WORDS);
    }

    /**
     * Works whose title and author have words that are written much like those of the query. Subjects come from a list, so a word that is
     * near to one of them is another one.
     */
    Page near(Query query) {
        if (query.by() == By.SUBJECT) {
            return new Page(List.of(), 0, false);
        }
        List<String> words = query.words();
        String key = "name_key(t.title || ' ' || t.author)";
        String part = query.by() == By.ANY ? key : "name_key(t." + (query.by() == By.TITLE ? "title)" : "author)");
        String sql = """
                with found as (select t.id, %s as alike from titles t where %s limit :with_words)
                select t.id, t.title, t.author, t.subjects, count(*) over () as total
                  from found f join titles t on t.id = f.id
                 where exists (select from items i where i.title_id = t.id)
                 order by f.alike desc, name_key(t.title) collate "C", t.id
                 limit :size offset :skipped
                """.formatted(
                        each(words, word -> "word_similarity(name_key(" + word + "), " + part + ")", " + "),
                        each(
                                words,
                                word -> key + " %> name_key(" + word + ") and " + part + " %> name_key(" + word + ")",
                                " and "));
        Map<String, Object> parameters = new HashMap<>(Map.of("with_words", MOST_WITH_WORDS));
        parameters.putAll(named(words));
        return Optional.ofNullable(transactions.execute(_ -> {
                    jdbc.sql("select set_config('pg_trgm.word_similarity_threshold', :alike, true)")
                            .param("alike", ALIKE)
                            .query(String.class)
                            .single();
                    return page(sql, parameters, query, MOST_WITH_WORDS);
                }))
                .orElseThrow();
    }

    /** A condition or a term for each word, which stands in it as a parameter. */
    private static String each(List<String> words, UnaryOperator<String> term, String between) {
        return IntStream.range(0, words.size())
                .mapToObj(n -> term.apply(":word" + n))
                .collect(Collectors.joining(between));
    }

    private static Map<String, Object> named(List<String> words) {
        return IntStream.range(0, words.size()).boxed().collect(Collectors.toMap(n -> "word" + n, words::get));
    }

    private Page page(String sql, Map<String, Object> parameters, Query query, int most) {
        List<Row> rows = rows(sql, parameters, query.size(), query.skipped());
        // A page behind the last one has no row that could say how many there are.
        List<Row> counted = rows.isEmpty() && query.skipped() > 0 ? rows(sql, parameters, 1, 0) : rows;
        int total = counted.isEmpty() ? 0 : counted.getFirst().total();
        return new Page(
                rows.stream()
                        .map(row -> new Work(row.id(), row.title(), row.author(), row.subjects()))
                        .toList(),
                total,
                total >= most);
    }

    private List<Row> rows(String sql, Map<String, Object> parameters, int size, int skipped) {
        return jdbc.sql(sql)
                .params(parameters)
                .param("size", size)
                .param("skipped", skipped)
                .query(Rows.of(Row.class))
                .list();
    }

    /** The letters of {@code word_query} for the parts of a work. */
    private static String parts(By by) {
        return switch (by) {
            case ANY -> "";
            case TITLE -> "A";
            case AUTHOR -> "B";
            case SUBJECT -> "C";
        };
    }

    /** Works that begin with the text as a whole; of subjects there is no such index, and no need. */
    private static String beginning(By by) {
        return switch (by) {
            case ANY, TITLE -> beginning("title");
            case AUTHOR -> beginning("author");
            case SUBJECT -> "select 0 as id where false";
        };
    }

    private static String beginning(String column) {
        return """
                select t.id from titles t
                 where (name_key(t.%1$s) collate "C") >= name_key(:text)
                   and (name_key(t.%1$s) collate "C") < name_key(:text) || chr(1114111)
                 order by name_key(t.%1$s) collate "C" limit :beginning""".formatted(column);
    }
}

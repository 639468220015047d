package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Things with the titles that they are copies of. */
@Component
class ItemTable implements Table {
    static final String NUMBER = "number";
    static final String TITLE_NUMBER = "title_number";
    static final String TITLE = "title";
    static final String AUTHOR = "author";
    static final String AGE_LIMIT = "age_limit";
    static final String SUBJECTS = "subjects";
    static final String TYPE = "type";
    static final String HOME_BRANCH = "home_branch";
    static final String CURRENT_BRANCH = "current_branch";
    static final String CALL_NUMBER = "call_number";
    static final String COLLECTION = "collection";
    static final String PARTS = "parts";
    static final String FOR_LOAN = "for_loan";

    private static final List<Column> COLUMNS = List.of(
            Column.needed(NUMBER, Forms::number),
            // Copies that say the same number here are of one title. By default those are that have its texts.
            Column.optional(TITLE_NUMBER, Forms.text(64), "").notCompared(),
            Column.needed(TITLE, Forms.text(1000)),
            Column.optional(AUTHOR, Forms.text(300), ""),
            Column.optional(AGE_LIMIT, Forms.whole(0, 18), "0"),
            Column.optional(SUBJECTS, Forms.text(1000), "").silentIfBlank(),
            Column.needed(TYPE, Forms::code).names(Known.TYPE),
            Column.needed(HOME_BRANCH, Forms::code).names(Known.BRANCH),
            Column.optional(CURRENT_BRANCH, Forms::code, "").names(Known.BRANCH).silentIfBlank(),
            Column.optional("destination", Forms::code, "").names(Known.BRANCH),
            Column.optional(CALL_NUMBER, Forms.text(100), ""),
            Column.optional(COLLECTION, Forms.text(32), ""),
            Column.optional(PARTS, Forms.whole(1, 99), "1"),
            Column.optional(FOR_LOAN, Forms::truth, "true"),
            Column.optional("properties", Forms.text(500), ""));

    private static final String SELECT = """
            select i.number, min(i.number) over (partition by i.title_id) as title_number, t.title, t.author,
                   t.age_limit::text, t.subjects, i.type, i.home_branch, i.current_branch, i.destination, i.call_number, i.collection,
                   i.parts::text, i.for_loan::text, i.properties
              from items i join titles t on t.id = i.title_id
            """;

    private static final String UPSERT = """
            insert into items (number, title_id, type, home_branch, current_branch, destination, call_number, collection,
                               parts, for_loan, properties)
            values (:number, cast(:title_id as integer), :type, :home_branch,
                    coalesce(nullif(:current_branch, ''), :home_branch), nullif(:destination, ''), :call_number,
                    :collection, cast(:parts as integer), cast(:for_loan as boolean), :properties)
            on conflict (number) do update
               set type = excluded.type, home_branch = excluded.home_branch, current_branch = excluded.current_branch,
                   destination = excluded.destination, call_number = excluded.call_number,
                   collection = excluded.collection, parts = excluded.parts, for_loan = excluded.for_loan,
                   properties = excluded.properties
            """;

    private final TableSql sql;
    private final JdbcClient jdbc;
    private final ExchangeSettings settings;

    ItemTable(TableSql sql, JdbcClient jdbc, ExchangeSettings settings) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> keys() {
        return List.of(NUMBER);
    }

    @Override
    public void lock(List<Row> rows) {
        sql.lockItems(TableSql.texts(rows, NUMBER));
    }

    @Override
    public Map<String, Map<String, String>> existing(List<Row> rows) {
        return sql.byKey(
                this, SELECT + " where i.number in (:numbers)", Map.of("numbers", TableSql.texts(rows, NUMBER)));
    }

    @Override
    public Map<String, Finding> refusals(List<Row> rows) {
        Map<String, Finding> refusals = new HashMap<>();
        for (Row row : rows) {
            String number = row.texts().getOrDefault(NUMBER, "");
            if (!settings.itemCheck().holds(number)) {
                refusals.put(number, Finding.of(row.record(), NUMBER, Why.CHECK_DIGIT, number));
            }
        }
        return refusals;
    }

    // ---- writing -----------------------------------------------------------------------------------------

    @Override
    public void write(long number, List<Judgement> rows) {
        for (Judgement row : rows) {
            int title = title(number, row.texts());
            sql.each(UPSERT, List.of(row), Map.of("title_id", String.valueOf(title)));
        }
    }

    /** The title of a copy: the one that it has, that of another copy in the file, one with its texts, a new one. */
    private int title(long number, Map<String, String> texts) {
        Optional<Integer> own = jdbc.sql("select title_id from items where number = :number")
                .param("number", texts.get(NUMBER))
                .query(Integer.class)
                .optional();
        own.ifPresent(title -> update(title, texts));
        String titleNumber = texts.getOrDefault(TITLE_NUMBER, "");
        return own.or(() -> titleNumber.isEmpty() ? sameTexts(texts) : ofOtherCopy(number, titleNumber))
                .orElseGet(() -> insert(texts));
    }

    private void update(int title, Map<String, String> texts) {
        jdbc.sql("""
                        update titles set title = :title, author = :author, age_limit = :age, subjects = :subjects
                         where id = :id
                           and (title, author, age_limit, subjects) is distinct from (:title, :author, :age, :subjects)
                        """)
                .param("title", texts.get(TITLE))
                .param("author", texts.get(AUTHOR))
                .param("age", age(texts))
                .param("subjects", subjects(texts))
                .param("id", title)
                .update();
    }

    private Optional<Integer> sameTexts(Map<String, String> texts) {
        return jdbc.sql("""
                        select id from titles where title = :title and author = :author and age_limit = :age
                         order by id limit 1
                        """)
                .param("title", texts.get(TITLE))
                .param("author", texts.get(AUTHOR))
                .param("age", age(texts))
                .query(Integer.class)
                .optional();
    }

    private int insert(Map<String, String> texts) {
        return jdbc.sql("""
                        insert into titles (title, author, age_limit, subjects)
                        values (:title, :author, :age, :subjects) returning id
                        """)
                .param("title", texts.get(TITLE))
                .param("author", texts.get(AUTHOR))
                .param("age", age(texts))
                .param("subjects", subjects(texts))
                .query(Integer.class)
                .single();
    }

    private static String subjects(Map<String, String> texts) {
        return texts.getOrDefault(SUBJECTS, "");
    }

    private static int age(Map<String, String> texts) {
        return Integer.parseInt(texts.getOrDefault(AGE_LIMIT, "0"));
    }

    /**
     * The title of a copy that has the same title's number in this file. Asked for each row: the index is for rows that have such a
     * number alone, and a search in the order of the file would read all of it where nothing is found.
     */
    private Optional<Integer> ofOtherCopy(long number, String titleNumber) {
        return jdbc.sql("""
                        with copies as materialized (
                               select record, part, key from import_rows
                                where import = :import and texts ?? 'title_number' and texts ->> 'title_number' = :number)
                        select i.title_id from copies c join items i on i.number = c.key
                         order by c.record, c.part limit 1
                        """)
                .param("import", number)
                .param("number", titleNumber)
                .query(Integer.class)
                .optional();
    }

    @Override
    public void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        export("i.number", municipality, within, reader);
    }

    /** As {@link #export(Optional, boolean, Consumer)}, copies of one title one after the other. */
    void exportByTitle(Optional<String> municipality, Consumer<Map<String, String>> reader) {
        export("title_number, i.number", municipality, true, reader);
    }

    private void export(
            String order, Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        sql.tell(
                this,
                SELECT + " join branches home on home.code = i.home_branch"
                        + " where :within and coalesce(home.municipality = :municipality, true) order by " + order,
                municipality,
                within,
                reader);
    }
}

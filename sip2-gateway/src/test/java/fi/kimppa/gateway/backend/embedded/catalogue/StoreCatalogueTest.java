package fi.kimppa.gateway.backend.embedded.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.catalogue.Availability;
import fi.kimppa.gateway.catalogue.Availability.Place;
import fi.kimppa.gateway.catalogue.Found;
import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Query.By;
import fi.kimppa.gateway.catalogue.Title;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demonstration's titles, in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreCatalogueTest {
    private BackHalf house;
    private StoreCatalogue catalogue;

    @BeforeAll
    void start() {
        house = BackHalf.startWith();
        catalogue = house.bean(StoreCatalogue.class);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private Found search(String text, By by) {
        return catalogue.search(new Query(text, by, 1, 50, "fi"));
    }

    private static List<String> names(Found found) {
        return found.titles().stream().map(Title::title).toList();
    }

    /** A title with one copy in Turku for each word. */
    private void add(String title, String author, String subjects, String... copies) {
        int id = house.value(
                Integer.class,
                "insert into titles (title, author, subjects) values (?, ?, ?) returning id",
                title,
                author,
                subjects);
        Stream.of(copies)
                .forEach(number -> house.jdbc()
                        .sql("insert into items (number, title_id, type, home_branch, current_branch, call_number)"
                                + " values (?, ?, 'BOOK', 'TURKU', 'TURKU', '99')")
                        .params(number, id)
                        .update());
    }

    // ---- finding -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            sinuhe;                 ANY;     Sinuhe egyptiläinen
            SINUHE EGYPTILAINEN;    ANY;     Sinuhe egyptiläinen
            egypti;                 TITLE;   Sinuhe egyptiläinen
            waltari sinuhe;         ANY;     Sinuhe egyptiläinen
            linna tuntematon;       ANY;     Tuntematon sotilas
            pohjantahden;           TITLE;   Täällä Pohjantähden alla (äänikirja)
            valkeapää;              AUTHOR;  Aurinko, isäni
            nils aslak;             AUTHOR;  Aurinko, isäni
            evoluutio;              SUBJECT; Lajien synty
            """)
    void findsByWordsBeginningsAndStems(String text, By by, String first) {
        Found found = search(text, by);
        assertThat(names(found)).first().isEqualTo(first);
        assertThat(found.near()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            kalevla;             Kalevala
            sinuhe egyptilinen;  Sinuhe egyptiläinen
            tuntemtaon sotilas;  Tuntematon sotilas
            walttari sinuhe;     Sinuhe egyptiläinen
            """)
    void findsInSpiteOfAMistakeAndSaysSo(String text, String first) {
        Found found = search(text, By.ANY);
        assertThat(names(found)).first().isEqualTo(first);
        assertThat(found.near()).isTrue();
    }

    @Test
    void looksInThePartThatIsAskedForAlone() {
        assertThat(search("Linna", By.AUTHOR).titles())
                .isNotEmpty()
                .allSatisfy(title -> assertThat(title.author()).contains("Linna"));
        assertThat(search("Väinö", By.TITLE).titles())
                .noneMatch(title ->
                        title.author().equals("Väinö Linna") && !title.title().contains("Väinö"));
        assertThat(search("runot", By.SUBJECT).titles())
                .isNotEmpty()
                .allSatisfy(title -> assertThat(title.subjects()).contains("runot"));
    }

    @Test
    void putsTheTitleItselfBeforeThoseThatBeginSoAndThoseThatHaveTheWord() {
        add("Zorro palaa", "", "", "cat-1");
        add("Zorro", "", "", "cat-2");
        add("Naamio", "", "zorro", "cat-3");
        add("Kettu nimeltä Zorro", "", "", "cat-4");
        assertThat(names(search("zorro", By.ANY)))
                .containsExactly("Zorro", "Zorro palaa", "Kettu nimeltä Zorro", "Naamio");
    }

    @Test
    void showsNoTitleWithoutACopy() {
        add("Kopioton teos", "", "");
        assertThat(names(search("kopioton", By.ANY))).doesNotContain("Kopioton teos");
    }

    @Test
    void findsOtherFormsOfAWordInBothLanguages() {
        add("Outo kirja", "", "", "cat-6");
        add("Flickan i parken", "", "", "cat-7");
        for (String text : List.of("outo kirjat", "outo kirjan", "flickorna parken")) {
            Found found = search(text, By.TITLE);
            assertThat(found.near()).as(text).isFalse();
            assertThat(names(found)).first().isEqualTo(text.startsWith("outo") ? "Outo kirja" : "Flickan i parken");
        }
    }

    @Test
    void findsWordsBetweenSigns() {
        add("Kissa/koira-sanakirja: A.B.C", "", "", "cat-5");
        for (String word : List.of("kissa", "koira", "sanakirja", "koira-sanakirja")) {
            assertThat(names(search(word, By.TITLE))).as(word).contains("Kissa/koira-sanakirja: A.B.C");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!!", "  ", "'", "a:* | b", "sinuhe'); drop table titles; --", "& | ! ( )", "ja", "\u0301", "ʼ"
            })
    void takesWhateverIsTyped(String text) {
        assertThat(search(text, By.ANY)).isNotNull();
        assertThat(search(text, By.TITLE)).isNotNull();
    }

    @Test
    void pagesDoNotOverlapAndOneBehindTheLastKnowsHowManyThereAre() {
        Found one = catalogue.search(new Query("romaanit", By.SUBJECT, 1, 20, "fi"));
        Found two = catalogue.search(new Query("romaanit", By.SUBJECT, 2, 20, "fi"));
        assertThat(one.titles()).hasSize(20).doesNotContainAnyElementsOf(two.titles());
        assertThat(two.total()).isEqualTo(one.total()).isGreaterThan(100);
        Found behind = catalogue.search(new Query("zyzzy", By.ANY, 3, 20, "fi"));
        assertThat(behind.titles()).isEmpty();
        Found last = catalogue.search(new Query("evoluutio", By.SUBJECT, 9, 20, "fi"));
        assertThat(last.titles()).isEmpty();
        assertThat(last.total()).isOne();
    }

    @Test
    void listsWhatIsNewTheNewestFirst() {
        LocalDate today = LocalDate.now(house.clock());
        List<Title> added = catalogue.added(today.minusDays(30), 5, "fi");
        assertThat(added).hasSize(5);
        assertThat(added.getFirst().title()).isEqualTo("Päiväkirja");
        assertThat(catalogue.added(today.plusDays(1), 5, "fi")).isEmpty();
    }

    // ---- copies ------------------------------------------------------------------------------------------

    @Test
    void saysWhereCopiesAreAndWhenTheNextIsDue() {
        add("Hyllyn teos", "Tekijä", "", "cat-10", "cat-11", "cat-12", "cat-13", "cat-14");
        String id = catalogue.titleOf("cat-10").orElseThrow();
        Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        assertThat(turku.lend("2000012345", "cat-11").ok()).isTrue();
        house.jdbc()
                .sql("update items set destination = 'LIETO' where number = 'cat-12'")
                .update();
        house.jdbc()
                .sql("update items set for_loan = false where number = 'cat-13'")
                .update();

        Availability found = catalogue.title(id, "fi").orElseThrow();
        assertThat(found.title().copies()).hasValue(new Title.Copies(5, 2));
        assertThat(found.itemIdentifier()).hasValue("cat-10");
        assertThat(found.waiting()).isZero();
        assertThat(found.places()).extracting(Place::branch).containsExactly("TURKU", "LIETO");
        Place here = found.places().getFirst();
        assertThat(here.onShelf()).isEqualTo(2);
        assertThat(here.onLoan()).isOne();
        assertThat(here.inHouse()).isOne();
        assertThat(here.callNumbers()).containsExactly("99");
        assertThat(here.nextDue()).hasValueSatisfying(due -> assertThat(due).isAfter(LocalDate.now(house.clock())));
        assertThat(found.places().getLast().inTransit()).isOne();
        assertThat(found.toString()).doesNotContain("2000012345");
    }

    /** What the catalogue says is what a 15 needs: any copy, fetched where the patron wants. */
    @Test
    void namesWhatAHoldIsPlacedBy() {
        add("Varattava", "", "", "cat-20", "cat-21");
        String id = catalogue.titleOf("cat-20").orElseThrow();
        Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        turku.lend("2000012345", "cat-20");
        turku.lend("2000012345", "cat-21");
        String copy =
                catalogue.title(id, "fi").flatMap(Availability::itemIdentifier).orElseThrow();

        assertThat(turku.say("15+{now}AOTURKU|AA2000012395|BSLIETO|BY2|AB" + copy + "|AC|BOY|"))
                .startsWith("161");
        assertThat(catalogue.title(id, "fi").orElseThrow().waiting()).isOne();
        assertThat(turku.bringBack("cat-21").destinationLocation())
                .as("the other copy will do")
                .hasValue("LIETO");
        Availability caught = catalogue.title(id, "fi").orElseThrow();
        assertThat(caught.waiting()).isZero();
        assertThat(caught.places())
                .filteredOn(place -> place.branch().equals("LIETO"))
                .singleElement()
                .satisfies(place -> assertThat(place.inTransit()).isOne());
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "x", "", "1 or 1=1", "vaski.1"})
    void knowsNoOtherTitles(String id) {
        assertThat(catalogue.title(id, "fi")).isEmpty();
        assertThat(catalogue.titleOf(id)).isEmpty();
    }
}

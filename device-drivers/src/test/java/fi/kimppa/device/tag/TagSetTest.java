package fi.kimppa.device.tag;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.tag.TagSet.Complete;
import fi.kimppa.device.tag.TagSet.Duplicate;
import fi.kimppa.device.tag.TagSet.Incomplete;
import fi.kimppa.device.tag.TagSet.Inconsistent;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TagSetTest {
    private static final ItemTag BOOK = ItemTag.single("3000000066", "FI-Turku", TagModel.ISO_28560_2);

    @Test
    void callsASingleItemComplete() {
        assertThat(group(BOOK)).singleElement().satisfies(set -> {
            assertThat(set.complete()).isTrue();
            assertThat(set.members()).containsExactly(BOOK);
        });
    }

    @Test
    void ordersTheMembersOfACompleteSet() {
        assertThat(group(BOOK.part(3, 3), BOOK.part(1, 3), BOOK.part(2, 3)))
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.completeness()).isEqualTo(new Complete());
                    assertThat(set.totalParts()).isEqualTo(3);
                    assertThat(set.members()).extracting(ItemTag::ordinal).containsExactly(1, 2, 3);
                });
    }

    @Test
    void namesTheMissingParts() {
        assertThat(group(BOOK.part(2, 4), BOOK.part(4, 4)).getFirst().completeness())
                .isEqualTo(new Incomplete(2, List.of(1, 3)));
    }

    @Test
    void seesAPartThatIsThereTwice() {
        assertThat(group(BOOK.part(1, 3), BOOK.part(2, 3), BOOK.part(2, 3))
                        .getFirst()
                        .completeness())
                .isEqualTo(new Duplicate(2));
        assertThat(group(BOOK, BOOK).getFirst().completeness()).isEqualTo(new Duplicate(1));
    }

    @Test
    void seesDisagreementAboutTheTotal() {
        assertThat(group(BOOK.part(1, 2), BOOK.part(2, 3)).getFirst()).satisfies(set -> {
            assertThat(set.completeness()).isEqualTo(new Inconsistent());
            assertThat(set.totalParts()).isEqualTo(3);
        });
        assertThat(group(BOOK.part(5, 3)).getFirst().completeness()).isEqualTo(new Inconsistent());
    }

    @Test
    void keepsTheSameNumberOfAnotherOwnerApart() {
        ItemTag other = ItemTag.single("3000000066", "FI-Lieto", TagModel.ISO_28560_2);
        assertThat(group(BOOK.part(1, 2), other.part(2, 2)))
                .hasSize(2)
                .allSatisfy(set -> assertThat(set.complete()).isFalse());
    }

    @Test
    void doesNotMindTheCaseOfANumber() {
        ItemTag upper = ItemTag.single("LVASK123997709", "FI-TM", TagModel.ISO_28560_2);
        ItemTag lower = ItemTag.single("lvask123997709", "FI-Tm", TagModel.ISO_28560_3);
        assertThat(group(upper.part(1, 2), lower.part(2, 2))).singleElement().satisfies(set -> {
            assertThat(set.complete()).isTrue();
            assertThat(set.identifier()).isEqualTo("LVASK123997709");
        });
    }

    private static List<TagSet<ItemTag>> group(ItemTag... tags) {
        return TagSet.group(List.of(tags), Function.identity());
    }
}

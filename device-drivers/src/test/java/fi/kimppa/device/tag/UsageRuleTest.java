package fi.kimppa.device.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRuleTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # usage, strict,      strict off line, open,        returned,    returned off line
        10,      ALLOWED,     ALLOWED,         ALLOWED,     ALLOWED,     ALLOWED
        11,      ALLOWED,     ALLOWED,         ALLOWED,     ALLOWED,     ALLOWED
        12,      ALLOWED,     ALLOWED,         ALLOWED,     ALLOWED,     ALLOWED
        13,      ALLOWED,     NOT_OFFLINE,     ALLOWED,     ALLOWED,     ALLOWED
        14,      ALLOWED,     ALLOWED,         ALLOWED,     ALLOWED,     NOT_OFFLINE
        15,      ALLOWED,     NOT_OFFLINE,     ALLOWED,     ALLOWED,     NOT_OFFLINE
        00,      STAFF,       STAFF,           ALLOWED,     ALLOWED,     ALLOWED
        60,      STAFF,       STAFF,           ALLOWED,     ALLOWED,     ALLOWED
        '',      STAFF,       STAFF,           ALLOWED,     ALLOWED,     ALLOWED
        20,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        23,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        30,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        50,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        72,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        90,      STAFF,       STAFF,           STAFF,       ALLOWED,     ALLOWED
        80,      PATRON_CARD, PATRON_CARD,     PATRON_CARD, PATRON_CARD, PATRON_CARD
        83,      PATRON_CARD, PATRON_CARD,     PATRON_CARD, PATRON_CARD, PATRON_CARD
        """)
    void lendsWhatTheClassAllows(
            String usage,
            UsageRule.Verdict strict,
            UsageRule.Verdict strictOffline,
            UsageRule.Verdict open,
            UsageRule.Verdict returned,
            UsageRule.Verdict returnedOffline) {
        ItemTag item = new ItemTag(
                "853N06240600",
                Optional.empty(),
                1,
                1,
                Optional.of(usage)
                        .filter(code -> !code.isEmpty())
                        .map(code -> new TypeOfUsage(Integer.parseInt(code, 16))),
                TagModel.ISO_28560_2);
        var strictRule = new UsageRule(false, false);
        assertThat(strictRule.lend(item, false)).isEqualTo(strict);
        assertThat(strictRule.lend(item, true)).isEqualTo(strictOffline);
        assertThat(new UsageRule(true, true).lend(item, false)).isEqualTo(open);
        assertThat(strictRule.takeBack(item, false)).isEqualTo(returned);
        assertThat(strictRule.takeBack(item, true)).isEqualTo(returnedOffline);
    }
}

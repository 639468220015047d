package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings of notices; what holds for a patron is what holds in the municipality of the home library. */
@Configuration(proxyBeanMethods = false)
class MailKeys {
    private static final String NO_DAYS = "none";
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_REMINDERS = 5;
    private static final int LONGEST_OVERDUE = 365;

    static final SettingKey<Integer> HOUR =
            SettingKey.whole("mail.hour", 8, 0, 23).forTheConsortium();
    static final SettingKey<Integer> DUE_SOON_DAYS = SettingKey.whole("mail.due-soon-days", 3, 0, 30);
    static final SettingKey<List<Integer>> OVERDUE_DAYS =
            SettingKey.form("mail.overdue-days", List.of(1, 14, 28), "days", MailKeys::days, MailKeys::text);
    static final SettingKey<Boolean> HOLD_READY = SettingKey.yesNo("mail.hold-ready", true);

    /** Whether kiosks there offer receipts by e-mail. */
    static final SettingKey<Boolean> RECEIPTS = SettingKey.yesNo("mail.receipts", true);

    /** Empty for the one of the installation. */
    static final SettingKey<String> SENDER =
            SettingKey.form("mail.sender", "", "address", MailKeys::address, text -> text);

    /** Empty for municipality and consortium. */
    static final SettingKey<String> SENDER_NAME =
            SettingKey.form("mail.sender-name", "", "mail-name", text -> line(text, LONGEST_NAME), text -> text);

    /** Empty for none. */
    static final SettingKey<String> REPLY_TO =
            SettingKey.form("mail.reply-to", "", "address", MailKeys::address, text -> text);

    private MailKeys() {}

    /** The first sentences of a mail of this kind; empty for ours. */
    static SettingKey<String> opening(NoticeKind kind, String language) {
        return text("mail." + kind.word() + "." + language);
    }

    /** What stands at the end of every mail; empty for nothing. */
    static SettingKey<String> closing(String language) {
        return text("mail.closing." + language);
    }

    private static SettingKey<String> text(String name) {
        return SettingKey.form(name, "", "mail-text", text -> line(text, LONGEST_TEXT), text -> text);
    }

    @Bean
    static SettingGroup mailSettings() {
        List<SettingKey<?>> keys = new ArrayList<>(
                List.of(HOUR, DUE_SOON_DAYS, OVERDUE_DAYS, HOLD_READY, RECEIPTS, SENDER, SENDER_NAME, REPLY_TO));
        for (String language : LetterTexts.LANGUAGES) {
            Arrays.stream(NoticeKind.values()).forEach(kind -> keys.add(opening(kind, language)));
            keys.add(closing(language));
        }
        return new SettingGroup(keys);
    }

    private static Optional<String> line(String text, int longest) {
        return Optional.of(text.strip())
                .filter(one -> one.length() <= longest && one.codePoints().noneMatch(Character::isISOControl));
    }

    private static Optional<String> address(String text) {
        String bare = text.strip();
        return bare.isEmpty() ? Optional.of("") : Address.read(bare).map(_ -> bare);
    }

    /** Whole numbers in ascending order with commas between them, or the word for none. */
    private static Optional<List<Integer>> days(String text) {
        if (text.strip().equals(NO_DAYS)) {
            return Optional.of(List.of());
        }
        List<String> words = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.size() > MOST_REMINDERS || words.stream().anyMatch(word -> !word.matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        return Optional.of(
                        words.stream().map(Integer::valueOf).distinct().sorted().toList())
                .filter(days -> !days.isEmpty() && days.stream().allMatch(day -> day >= 1 && day <= LONGEST_OVERDUE));
    }

    private static String text(List<Integer> days) {
        return days.isEmpty() ? NO_DAYS : days.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}

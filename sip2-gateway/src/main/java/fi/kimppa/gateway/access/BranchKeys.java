package fi.kimppa.gateway.access;

import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** What a library says to everybody who stands at its machines, and where its rooms are booked. */
@Component
class BranchKeys {
    private static final int LONGEST_NOTICE = 40;
    private static final Pattern NOTICE = Pattern.compile("\\P{Cntrl}{0," + LONGEST_NOTICE + "}");
    /** A QR code of more could not be read from a screen. */
    private static final Pattern ADDRESS = Pattern.compile("(https?://\\S{1,200})?");

    /** One short sentence: the smallest display has a line for it. Empty for nothing. */
    static final SettingKey<String> NOTICE_FI = notice("fi");

    /** The same in Swedish. */
    static final SettingKey<String> NOTICE_SV = notice("sv");

    /** The same in English. */
    static final SettingKey<String> NOTICE_EN = notice("en");

    /** The page on which patrons book rooms; empty where there are none. */
    static final SettingKey<String> ROOMS =
            SettingKey.form("branch.rooms", "", "web-page", text -> of(ADDRESS, text), text -> text);

    private static SettingKey<String> notice(String language) {
        return SettingKey.form("branch.notice." + language, "", "notice", text -> of(NOTICE, text), text -> text);
    }

    private static Optional<String> of(Pattern form, String text) {
        return Optional.of(text.strip()).filter(line -> form.matcher(line).matches());
    }

    @Bean
    static SettingGroup branchSettings() {
        return new SettingGroup(List.of(NOTICE_FI, NOTICE_SV, NOTICE_EN, ROOMS));
    }
}

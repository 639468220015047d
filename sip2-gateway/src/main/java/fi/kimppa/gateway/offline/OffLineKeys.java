package fi.kimppa.gateway.offline;

import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a branch allows its kiosks while the gateway is away. Settings that inherit. */
@Configuration(proxyBeanMethods = false)
class OffLineKeys {
    /** To whom a kiosk lends then. */
    enum Lending {
        /** To nobody. */
        NOBODY,
        /** To cards that were in order at this branch lately. */
        KNOWN_CARDS,
        /** To whatever looks like a card. */
        ALL_CARDS
    }

    static final SettingKey<Lending> LOANS = SettingKey.choice("offline.loans", Lending.NOBODY);

    /** Whether a known card may borrow although nobody can check its PIN. */
    static final SettingKey<Boolean> WITHOUT_PIN = SettingKey.yesNo("offline.without-pin", false);

    /** How many things a card may borrow from one kiosk that the library has not heard of. */
    static final SettingKey<Integer> THINGS = SettingKey.whole("offline.things", 5, 1, 50);

    /** Days from a loan to its due date; 0 where the library says it afterwards. */
    static final SettingKey<Integer> DAYS = SettingKey.whole("offline.days", 14, 0, 90);

    /** Hours for which a kiosk that hears nothing goes on. */
    static final SettingKey<Integer> HOURS = SettingKey.whole("offline.hours", 24, 1, 72);

    /** Days for which a card is known after it was in order. */
    static final SettingKey<Integer> KNOWN_DAYS = SettingKey.whole("offline.known-days", 90, 1, 365);

    private OffLineKeys() {}

    @Bean
    static SettingGroup offLineSettings() {
        return new SettingGroup(List.of(LOANS, WITHOUT_PIN, THINGS, DAYS, HOURS, KNOWN_DAYS));
    }
}

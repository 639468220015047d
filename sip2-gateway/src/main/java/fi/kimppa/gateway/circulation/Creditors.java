package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * To which municipality a fee is owed: municipalities stay independent, so each fee has one creditor, named when the fee is
 * made. A setting of the whole consortium. May be used by several threads.
 */
@Component
public class Creditors {
    /** Who it is. */
    public enum Rule {
        /** The municipality that owns the thing. */
        OWNER,
        /** The municipality whose rules made the fee: that of the machine or desk where it came about. */
        RULE_MAKER
    }

    /** The setting. */
    public static final SettingKey<Rule> KEY =
            SettingKey.choice("fees.creditor", Rule.OWNER).forTheConsortium();

    private final Settings settings;

    Creditors(Settings settings) {
        this.settings = settings;
    }

    @Bean
    static SettingGroup feeSettings() {
        return new SettingGroup(List.of(KEY));
    }

    /**
     * Code of the municipality to which a new fee is owed.
     *
     * @param owner code of the municipality that owns the thing
     * @param ruleMaker code of the municipality whose rules make the fee
     */
    public String of(String owner, String ruleMaker) {
        return settings.value(KEY, Scope.CONSORTIUM) == Rule.OWNER ? owner : ruleMaker;
    }
}

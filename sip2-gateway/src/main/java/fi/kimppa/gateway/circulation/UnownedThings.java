package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Whether a branch takes a thing that nobody owns: no owner on its tag, no rule for its number, and unknown to every
 * library system. A setting that inherits. May be used by several threads.
 */
@Component
public class UnownedThings {
    /** What becomes of such a thing. */
    public enum Wish {
        /** Taken: staff have it as a task. */
        TAKE,
        /** Not taken: the patron keeps it, or brings it to staff. */
        REJECT
    }

    /** The setting. */
    public static final SettingKey<Wish> KEY = SettingKey.choice("returns.no-owner", Wish.REJECT);

    private final Settings settings;

    UnownedThings(Settings settings) {
        this.settings = settings;
    }

    @Bean
    static SettingGroup returnSettings() {
        return new SettingGroup(List.of(KEY));
    }

    /** Whether this branch takes them. */
    public boolean taken(String branch) {
        return settings.value(KEY, Scope.branch(branch)) == Wish.TAKE;
    }
}

package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.SettingGroup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of terminal profiles, for halves of the gateway without its SIP2 server. */
@Configuration(proxyBeanMethods = false)
public class TestProfileKeys {
    @Bean
    static SettingGroup profileKeys() {
        return ProfileKeys.ALL;
    }
}

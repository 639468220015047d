package fi.kimppa.gateway.console;

import java.nio.charset.StandardCharsets;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Texts and languages of the pages, and the defaults of the web server that they rely on. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:console.properties")
class WebPages implements WebMvcConfigurer {
    private final PageFrame frame;

    WebPages(PageFrame frame) {
        this.frame = frame;
    }

    /** A text that is missing is an error, never a text in another language. */
    @Bean
    static MessageSource messageSource() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasename("messages/pages");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }

    @Bean
    static LocaleResolver localeResolver() {
        return new Languages();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(frame);
    }
}

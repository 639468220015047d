package fi.kimppa.gateway.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of a page: what the link says ({@code ?lang=sv}), else what was chosen last, else what the browser
 * prefers, else Finnish.
 */
final class Languages implements LocaleResolver {
    /** The languages that all texts exist in, in the order in which they are offered. */
    static final List<Locale> ALL = List.of(Locale.of("fi"), Locale.of("sv"), Locale.of("en"));

    private static final String COOKIE = "language";
    private static final Duration REMEMBERED = Duration.ofDays(365);

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Stream<String> remembered = Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue);
        Stream<String> preferred =
                Collections.list(request.getLocales()).stream().map(Locale::getLanguage);
        return Stream.of(Stream.ofNullable(request.getParameter("lang")), remembered, preferred)
                .flatMap(words -> words)
                .flatMap(word -> ours(word).stream())
                .findFirst()
                .orElse(ALL.getFirst());
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("a language is chosen by link");
    }

    /** Remembers a choice in the browser. */
    static void remember(HttpServletRequest request, HttpServletResponse response, Locale language) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, language.getLanguage())
                .path("/")
                .maxAge(REMEMBERED)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** The language that this word names, if it is one of ours. */
    static Optional<Locale> ours(String word) {
        return ALL.stream()
                .filter(language -> language.getLanguage().equals(word))
                .findFirst();
    }
}

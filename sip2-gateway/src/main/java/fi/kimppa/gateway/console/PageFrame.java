package fi.kimppa.gateway.console;

import fi.kimppa.gateway.consortium.Consortium;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.servlet.view.UrlBasedViewResolver;

/** Gives every page what its frame shows, and remembers a language that was chosen by link. */
@Component
class PageFrame implements HandlerInterceptor {
    /** A language as a link in itself. */
    record LanguageLink(String tag, String name, String href, boolean current) {}

    private final Consortium consortium;

    PageFrame(Consortium consortium) {
        this.consortium = consortium;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional.ofNullable(request.getParameter("lang"))
                .flatMap(Languages::ours)
                .ifPresent(language -> Languages.remember(request, response, language));
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || !page.hasView() || redirects(page)) {
            return;
        }
        Locale chosen = RequestContextUtils.getLocale(request);
        page.addObject("consortium", consortium.name());
        page.addObject("language", chosen.getLanguage());
        page.addObject("shownPage", request.getRequestURI());
        page.addObject("languages", links(request.getRequestURI(), chosen));
        page.addObject("admin", request.isUserInRole("ADMIN"));
        page.addObject("user", Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName));
    }

    /** What a redirection is given stands in the address of the next page. */
    private static boolean redirects(ModelAndView page) {
        return Optional.ofNullable(page.getViewName())
                .filter(view -> view.startsWith(UrlBasedViewResolver.REDIRECT_URL_PREFIX))
                .isPresent();
    }

    private static List<LanguageLink> links(String page, Locale chosen) {
        return Languages.ALL.stream()
                .map(language -> new LanguageLink(
                        language.getLanguage(),
                        name(language),
                        page + "?lang=" + language.getLanguage(),
                        language.equals(chosen)))
                .toList();
    }

    private static String name(Locale language) {
        String name = language.getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }
}

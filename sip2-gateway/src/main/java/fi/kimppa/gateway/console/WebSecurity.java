package fi.kimppa.gateway.console;

import fi.kimppa.sip2.wire.SipEnvelope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** Who may call what over HTTP, and what browsers may do with what they get. */
@Configuration(proxyBeanMethods = false)
class WebSecurity {
    /** Everything from here and nothing in line: what a page shows was written by us or is text. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** SIP2 over HTTPS: login and password stand in the message, and nothing that a browser holds counts. */
    @Bean
    @Order(0)
    SecurityFilterChain sipMessages(HttpSecurity http) throws Exception {
        return http.securityMatcher(SipEnvelope.PATH)
                .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Terminals: their own login on every call, no session, hence no cookie that a page could misuse. */
    @Bean
    @Order(1)
    SecurityFilterChain terminalCalls(HttpSecurity http, TerminalSignIn signIn) throws Exception {
        return http.securityMatcher("/api/**")
                .authenticationManager(new ProviderManager(signIn))
                .authorizeHttpRequests(calls -> calls.anyRequest().hasRole("TERMINAL"))
                .httpBasic(basic -> basic.realmName("Kimppa"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Staff: a session after sign-in. */
    @Bean
    @Order(2)
    SecurityFilterChain staffPages(HttpSecurity http, StaffSignIn signIn) throws Exception {
        return http.authenticationManager(new ProviderManager(signIn))
                // What was allowed to begin may end after the session has: a live page's stream is completed so.
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/sign-in", "/console.css", "/console.js", "/favicon.svg", "/error")
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access(AuthorizationManagers.anyOf(
                                onThisMachine(), AuthorityAuthorizationManager.hasRole("ADMIN")))
                        .requestMatchers("/admin/**")
                        .hasRole("ADMIN")
                        .anyRequest()
                        .hasRole("STAFF"))
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .defaultSuccessUrl("/", true)
                        .failureHandler((_, response, failure) -> response.sendRedirect(
                                failure instanceof LockedException ? "/sign-in?paused" : "/sign-in?wrong")))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                        PathPatternRequestMatcher.withDefaults().matcher("/fleet/stream")))
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=()")))
                .build();
    }

    /** Tells the rest of the house when a session ends. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    /** A call from loopback that no proxy has passed on. */
    private static AuthorizationManager<RequestAuthorizationContext> onThisMachine() {
        return (_, context) -> new AuthorizationDecision(local(context.getRequest()));
    }

    private static boolean local(HttpServletRequest request) {
        boolean passedOn = request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
        try {
            return !passedOn && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}

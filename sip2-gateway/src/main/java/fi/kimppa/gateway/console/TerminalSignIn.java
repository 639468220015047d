package fi.kimppa.gateway.console;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Knows terminals by their own login on every HTTP call; the {@link Terminal} is the principal. */
@Component
class TerminalSignIn implements AuthenticationProvider {
    private final Terminals terminals;

    TerminalSignIn(Terminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        try (Secret password = Secret.of(String.valueOf(shown.getCredentials()))) {
            Terminal terminal = terminals
                    .authenticate(shown.getName(), password)
                    .orElseThrow(() -> new BadCredentialsException("unknown terminal or wrong password"));
            return UsernamePasswordAuthenticationToken.authenticated(
                    terminal, null, List.of(new SimpleGrantedAuthority("ROLE_TERMINAL")));
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}

package fi.kimppa.gateway.console;

import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff sign in. */
@Controller
class SignInPage {
    @GetMapping("/sign-in")
    String page(
            @RequestParam Optional<String> wrong,
            @RequestParam Optional<String> paused,
            @RequestParam Optional<String> out,
            Model model) {
        model.addAttribute("wrong", wrong.isPresent());
        model.addAttribute("paused", paused.isPresent());
        model.addAttribute("out", out.isPresent());
        return "console/sign-in";
    }
}

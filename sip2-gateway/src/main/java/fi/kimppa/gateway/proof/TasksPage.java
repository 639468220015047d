package fi.kimppa.gateway.proof;

import fi.kimppa.gateway.circulation.StaffTasks;
import fi.kimppa.gateway.circulation.StaffTasks.Task;
import fi.kimppa.gateway.circulation.UnfinishedChanges;
import fi.kimppa.gateway.circulation.UnfinishedChanges.Pile;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which staff work off what no machine could settle. */
@Controller
@RequestMapping("/tasks")
class TasksPage {
    /** A task as the page shows it. */
    record Line(
            long id,
            String since,
            String sinceIso,
            String kind,
            String toDo,
            String branch,
            String terminal,
            String item,
            Optional<String> patron,
            Optional<String> system) {}

    private final StaffTasks tasks;
    private final UnfinishedChanges unfinished;
    private final Consortium consortium;
    private final MessageSource messages;

    TasksPage(StaffTasks tasks, UnfinishedChanges unfinished, Consortium consortium, MessageSource messages) {
        this.tasks = tasks;
        this.unfinished = unfinished;
        this.consortium = consortium;
        this.messages = messages;
    }

    @GetMapping
    String page(@RequestParam Optional<String> settled, Model model, Locale language) {
        model.addAttribute("settled", settled.isPresent());
        return shown(Optional.empty(), model, language);
    }

    private String shown(Optional<String> trouble, Model model, Locale language) {
        model.addAttribute("trouble", trouble);
        model.addAttribute("longest", StaffTasks.LONGEST_NOTE);
        model.addAttribute(
                "unfinished",
                unfinished.overdue().stream().map(pile -> line(pile, language)).toList());
        model.addAttribute(
                "tasks", tasks.open().stream().map(task -> line(task, language)).toList());
        return "proof/tasks";
    }

    private Line line(Task task, Locale language) {
        String kind = task.kind().name();
        return new Line(
                task.id(),
                moment(task.since(), language),
                task.since().toString(),
                text(language, "tasks.kind." + kind),
                text(language, "tasks.todo." + kind),
                consortium.branch(task.branch()).map(Branch::name).orElse(task.branch()),
                task.terminal(),
                task.item(),
                task.patron(),
                task.system());
    }

    private String line(Pile pile, Locale language) {
        String system = pile.system().orElseGet(() -> text(language, "tasks.unfinished.nobody"));
        String oldest = moment(pile.oldest(), language);
        return switch (pile.kind()) {
            case WAITING -> text(language, "tasks.unfinished.waiting", pile.count(), system, oldest);
            case UNKNOWN -> text(language, "tasks.unfinished.unknown", pile.count(), system, oldest);
        };
    }

    private String moment(Instant time, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(time.atZone(GatewayClock.ZONE));
    }

    /** One that a colleague has settled meanwhile is told, not an error. */
    @PostMapping("/{id}")
    String decide(
            @PathVariable long id,
            @RequestParam boolean done,
            @RequestParam(defaultValue = "") String note,
            Principal who,
            Model model,
            Locale language,
            HttpServletResponse response) {
        if (note.length() <= StaffTasks.LONGEST_NOTE && tasks.decide(id, done, who.getName(), note.strip())) {
            return "redirect:/tasks?settled";
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("settled", false);
        String trouble = note.length() > StaffTasks.LONGEST_NOTE
                ? text(language, "tasks.note.long", StaffTasks.LONGEST_NOTE)
                : text(language, "tasks.settled.already");
        return shown(Optional.of(trouble), model, language);
    }

    private String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}

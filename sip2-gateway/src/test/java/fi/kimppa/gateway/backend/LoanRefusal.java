package fi.kimppa.gateway.backend;

import java.util.Optional;

/** Why a loan is refused, as far as more than one library system has the reason; each is arranged for one patron and thing. */
public enum LoanRefusal {
    CARD_BLOCKED {
        @Override
        void arrange(Case at) {
            at.library().block(at.card());
        }
    },
    CARD_LOST {
        @Override
        void arrange(Case at) {
            at.library().lose(at.card());
        }
    },
    CARD_EXPIRED {
        @Override
        void arrange(Case at) {
            at.library().expire(at.card());
        }
    },
    TOO_MUCH_OWED {
        @Override
        void arrange(Case at) {
            at.library().owe(at.card(), "500.00");
        }
    },
    OVERDUE {
        @Override
        void arrange(Case at) {
            at.library().overdueTooMuch(at.card(), at.machine().thing());
        }
    },
    TOO_MANY_LOANS {
        @Override
        void arrange(Case at) {
            at.library().fillWithLoans(at.card(), at.machine().thing());
        }
    },
    FOR_THE_HOUSE_ONLY {
        @Override
        void arrange(Case at) {
            at.library().forTheHouseOnly(at.item());
        }
    },
    TOO_YOUNG {
        @Override
        void arrange(Case at) {
            at.library().makeAChild(at.card());
            at.library().forGrownUpsOnly(at.item());
        }
    },
    READY_FOR_ANOTHER {
        @Override
        void arrange(Case at) {
            at.library().ready(at.item(), at.other());
        }
    },
    WANTED_BY_ANOTHER {
        @Override
        void arrange(Case at) {
            at.library().want(at.item(), at.other(), true);
        }
    };

    /** Makes it so. */
    abstract void arrange(Case at);

    /** What the library system must know of for it. */
    Optional<Ability> needs() {
        return this == TOO_YOUNG ? Optional.of(Ability.KNOWS_AGE_LIMITS) : Optional.empty();
    }
}

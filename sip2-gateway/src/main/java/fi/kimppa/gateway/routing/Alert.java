package fi.kimppa.gateway.routing;

/** The alert type, CV, that a rule gives. */
public enum Alert {
    /** None: nobody has to look. */
    NONE,
    /** As the library system says. */
    TOLD,
    /** 04, if it goes anywhere. */
    SEND_ELSEWHERE,
    /** 99: to staff. */
    OTHER
}

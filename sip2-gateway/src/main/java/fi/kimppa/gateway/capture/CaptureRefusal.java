package fi.kimppa.gateway.capture;

/** Why a capture was not begun. */
enum CaptureRefusal {
    /** One of this terminal runs already, wherever it was begun. */
    RUNNING,
    /** The time is shorter or longer than it may be. */
    TIME,
    /** Without masking a reason in some words is needed. */
    REASON
}

package cn.onecard.analytics.extract;

/** What the cube is broken down by. */
public enum Dimension {
    /** Hour of the event, {@code 00} to {@code 23}; {@code _U} if the terminal sent no time. */
    HOUR,
    /** Line within service: {@code BUS}, {@code BUS-12}. */
    LINE,
    /** District of the terminal, GB/T 2260, six digits. */
    DISTRICT,
    /** Generalised card class: {@code ORDINARY} or {@code CONCESSION}. A rarer class would point at its holders. */
    CARD_CLASS
}

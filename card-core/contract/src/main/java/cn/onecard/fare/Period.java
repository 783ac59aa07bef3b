package cn.onecard.fare;

/** How long a cap holds. */
enum Period {
    /** The event date of the ride. */
    DAY,
    /** Its calendar month. */
    MONTH
}

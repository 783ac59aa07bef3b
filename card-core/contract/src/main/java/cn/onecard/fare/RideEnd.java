package cn.onecard.fare;

/** An end of a ride. */
enum RideEnd {
    /** Where it begins. */
    ENTRY,
    /** Where it ends; for a ride that is paid by one tap, the same. */
    EXIT
}

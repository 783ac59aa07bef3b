package cn.onecard.fare;

/** Where the way to a price begins, or why there is none. */
sealed interface Start permits Base, Unpriced {}

package cn.onecard.settlement.seal;

/** A run of rows of one day's journal, in key order; both ends inclusive. */
public record TapRange(long firstPsamNo, long firstPsamSeq, long lastPsamNo, long lastPsamSeq) {}

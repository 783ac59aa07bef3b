package cn.onecard.terminal.sam;

/** What the PSAM answered to INIT SAM FOR PURCHASE.
 *
 *  @param psamSeq its sequence of this purchase, 0 to 2^32-1
 *  @param mac1 for the card, four bytes */
public record SamInit(long psamSeq, int mac1) {}

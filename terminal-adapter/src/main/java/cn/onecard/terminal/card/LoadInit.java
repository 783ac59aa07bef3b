package cn.onecard.terminal.card;

import cn.onecard.vocabulary.Money;

/** What the card answered to INIT FOR LOAD.
 *
 *  @param balance before the load, as it lies under MAC1
 *  @param onlineCounter before the load, 0 to 65535
 *  @param keyVersion passed on unchanged, 0 to 255
 *  @param algorithm passed on unchanged, 0 to 255
 *  @param random four bytes
 *  @param mac1 for the host, four bytes */
public record LoadInit(Money balance, int onlineCounter, int keyVersion, int algorithm, int random, int mac1) {}

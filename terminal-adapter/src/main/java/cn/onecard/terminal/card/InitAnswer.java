package cn.onecard.terminal.card;

import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.Money;

/** What the card answered to INIT FOR PURCHASE or INIT FOR CAPP PURCHASE.
 *
 *  @param balance before the debit
 *  @param counter off-line counter before the debit
 *  @param keyVersion passed on unchanged, 0 to 255
 *  @param algorithm passed on unchanged, 0 to 255
 *  @param random four bytes */
public record InitAnswer(Money balance, CardCounter counter, int keyVersion, int algorithm, int random) {}

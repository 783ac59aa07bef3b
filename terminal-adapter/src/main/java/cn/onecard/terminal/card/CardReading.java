package cn.onecard.terminal.card;

import cn.onecard.vocabulary.Money;

/** What a terminal reads of a card before it asks for money. The holder's name and papers are never read.
 *
 *  @param family what kind of card it is
 *  @param publicData file 0015
 *  @param cardClass card type byte, 0 to 255
 *  @param cardKind concession class byte, 0 to 255
 *  @param city city code, two bytes
 *  @param balance what the purse holds */
public record CardReading(CardFamily family, PublicData publicData, int cardClass, int cardKind, int city, Money balance) {}

package cn.onecard.engine.card;

import cn.onecard.vocabulary.Algorithm;

/** What a card's keys are derived from, beside its number.
 *
 *  @param scheme name of the key scheme
 *  @param algorithm the cipher
 *  @param issuerId issuer id of file 0015, eight bytes as a number
 *  @param city city code, two bytes */
public record KeyProfile(String scheme, Algorithm algorithm, long issuerId, int city) {}

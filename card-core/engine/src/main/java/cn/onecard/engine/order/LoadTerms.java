package cn.onecard.engine.order;

import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** What a card and its host agree on before a load: what the card answered to INIT FOR LOAD, and the moment that the host sets.
 *
 *  @param terminal where
 *  @param init what the card said
 *  @param hostTime under MAC2 and under the TAC */
public record LoadTerms(TerminalId terminal, CardInit init, EventTime hostTime) {
    /** A card's answer to INIT FOR LOAD, but for the algorithm, which follows from the register, and MAC1.
     *
     *  @param oldBalance of the purse
     *  @param onlineCounter 0 to 65535, before the load
     *  @param random four bytes
     *  @param keyVersion 0 to 255 */
    public record CardInit(Money oldBalance, int onlineCounter, int random, int keyVersion) {}
}

package cn.onecard.terminal.card;

import cn.onecard.vocabulary.Tac;

/** What a card gives after a debit.
 *
 *  @param tac for the host
 *  @param mac2 for the PSAM, four bytes */
public record DebitProof(Tac tac, int mac2) {}

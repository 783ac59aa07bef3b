package cn.onecard.terminal.sim;

import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.time.LocalDate;

/** What the bureau writes into a card, but for its keys.
 *
 *  @param cardNo the card number
 *  @param cardClass card type byte of file 0016, 0 to 255
 *  @param kind concession class of file 0017
 *  @param issuerId issuer id of file 0015, eight bytes as a number
 *  @param city city code of file 0017, two bytes
 *  @param algorithm what the keys are made for
 *  @param algorithmByte what INIT answers, 0 to 255
 *  @param keyVersion what INIT answers, 0 to 255
 *  @param validFrom first day of validity
 *  @param validTo last day of validity
 *  @param balance in the purse at the start
 *  @param counter off-line counter that the first INIT answers */
public record CardProfile(CardNo cardNo, int cardClass, CardKind kind, long issuerId, int city, Algorithm algorithm,
        int algorithmByte, int keyVersion, LocalDate validFrom, LocalDate validTo, Money balance, int counter) {

    /** A profile whose algorithm byte is the algorithm's code, as in our own cards. */
    public CardProfile(CardNo cardNo, int cardClass, CardKind kind, long issuerId, int city, Algorithm algorithm,
            int keyVersion, LocalDate validFrom, LocalDate validTo, Money balance, int counter) {
        this(cardNo, cardClass, kind, issuerId, city, algorithm, algorithm.code(), keyVersion, validFrom, validTo, balance, counter);
    }
}

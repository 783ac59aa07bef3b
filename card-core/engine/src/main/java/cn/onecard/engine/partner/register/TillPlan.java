package cn.onecard.engine.partner.register;

import cn.onecard.engine.partner.PartnerFault;
import java.util.List;
import java.util.function.Supplier;

/** What a till is to do.
 *
 *  @param store number of the shop
 *  @param sales how many
 *  @param cards whose wallets pay for some of it; without any, all is paid in cash
 *  @param wrongPercent how many in a hundred sales do not add up
 *  @param faults what to do wrong with the next upload
 *  @param seed of everything that is sold; also the epoch, so that another seed is another till */
public record TillPlan(String store, int sales, List<String> cards, int wrongPercent, Supplier<PartnerFault> faults, long seed) {
    public TillPlan {
        cards = List.copyOf(cards);
        if (sales < 1 || wrongPercent < 0 || wrongPercent > 100) {
            throw new IllegalArgumentException("a till makes sales, and 0 to 100 in a hundred are wrong");
        }
    }
}

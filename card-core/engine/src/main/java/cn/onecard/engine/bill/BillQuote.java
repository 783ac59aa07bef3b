package cn.onecard.engine.bill;

import cn.onecard.engine.rail.utility.Bill;
import java.util.List;

/** A bill as it was offered to whoever asked for it.
 *
 *  @param biller name of the biller
 *  @param account the biller's number of its customer
 *  @param older references of the bills of that account that are to be paid before this one */
public record BillQuote(String biller, String account, Bill bill, List<String> older) {
    public BillQuote {
        older = List.copyOf(older);
    }

    /** Shows no account. */
    @Override
    public String toString() {
        return "quote of " + biller + ": " + bill;
    }
}

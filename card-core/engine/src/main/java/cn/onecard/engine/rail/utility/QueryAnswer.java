package cn.onecard.engine.rail.utility;

import java.util.List;

/** What a biller says of an account. */
public sealed interface QueryAnswer {
    /** Its bills, the oldest first.
     *
     *  @param customer name and address, as far as the biller shows them */
    record Bills(Customer customer, List<Bill> bills) implements QueryAnswer {
        public Bills {
            bills = List.copyOf(bills);
        }
    }

    /** Whose account it is, masked by the biller. */
    record Customer(String maskedName, String maskedAddress) {}

    /** The biller says why there are none. */
    record Refused(String code) implements QueryAnswer {}

    /** There is no answer that can be relied on; nothing is harmed, it may be asked again. */
    record NotAnswered(String why) implements QueryAnswer {}
}

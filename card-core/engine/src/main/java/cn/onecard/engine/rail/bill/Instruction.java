package cn.onecard.engine.rail.bill;

import java.util.Arrays;
import java.util.Optional;

/** What a biller is told by a file {@link BillFile#PAYMENT}. The file {@link BillFile#RESULT} that answers it bears the same name, in
 *  the other folder. */
public enum Instruction {
    /** Do it. */
    PAY("pay-"),
    /** Take it back. */
    CANCEL("cancel-");

    private final String prefix;

    Instruction(String prefix) {
        this.prefix = prefix;
    }

    /** What the file of an order is called.
     *
     *  @param orderNo letters and digits */
    public String nameOf(String orderNo) {
        return prefix + orderNo + ".txt";
    }

    /** What a file of that name says; empty if it is none. */
    public static Optional<Instruction> find(String name) {
        return Arrays.stream(values()).filter(one -> name.startsWith(one.prefix)).findFirst();
    }
}

package cn.onecard.engine.rail.utility;

import java.time.LocalDate;

/** A company whose bills are paid here (收费单位). Every call blocks, at most as long as its descriptor says, and none is tried again
 *  by itself: who calls decides. Thread-safe. */
public interface Biller extends AutoCloseable {
    /** What was agreed with it. */
    BillerDescriptor descriptor();

    /** The bills of an account. */
    QueryAnswer query(BillQuery query);

    /** Pays a bill. The order's number makes it idempotent on the biller's side; all the same it is sent once. */
    BillerAnswer pay(BillPayment payment);

    /** What became of a payment. */
    BillerAnswer status(BillPayment payment);

    /** Takes a payment back on the same day (当日抹账): confirmed means that it is taken back. */
    BillerAnswer cancel(BillPayment payment);

    /** The biller's statement of a day, where the biller makes it. */
    StatementAnswer statement(LocalDate day);

    /** Gives our statement of a day to the biller, where the agent makes it.
     *
     *  @param file as {@link BillerDescriptor#statementLayout} writes it */
    StatementAnswer submit(LocalDate day, byte[] file);

    @Override
    void close();
}

package cn.onecard.engine.rail.unionpay;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The durable memory of one bank terminal: its count, and its transactions. What a call has done is on disk when the call returns.
 *  One terminal alone uses it, one call at a time. */
public interface TerminalJournal {
    /** The batch that is open, 1 to 999999; 1 of a new terminal. */
    int batch();

    /** Makes another batch the open one. */
    void openBatch(int batch);

    /** The next trace, 1 to 999999 and then 1 again; never the same twice in a row, whatever crashes. */
    int nextTrace();

    /** Writes a new transaction.
     *
     *  @throws IllegalStateException if its leg has one already */
    void begin(BankTransaction transaction);

    /** Writes how a transaction stands now. */
    void change(BankTransaction transaction);

    /** The transaction of a leg. */
    Optional<BankTransaction> find(UUID leg);

    /** The transactions with something to do about them, in the order in which they began. */
    List<BankTransaction> listOpen();

    /** The transactions of a batch, in the order in which they began. */
    List<BankTransaction> listBatch(int batch);
}

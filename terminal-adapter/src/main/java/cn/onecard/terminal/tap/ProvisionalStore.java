package cn.onecard.terminal.tap;

import cn.onecard.vocabulary.TapKey;
import cn.onecard.wire.TapFrame;

/** Where taps are kept until the core has them. Every method returns only when its record is durable. */
public interface ProvisionalStore {
    /** Keeps the record of a debit that is about to be sent. If nothing more comes, it is a grey record at the next start.
     *
     *  @throws Unavailable if it cannot be kept: the debit must not be sent */
    void provisional(TapFrame grey) throws Unavailable;

    /** Replaces the provisional record of the same key by the final one, which is sent to the core. The final record of a
     *  debit whose outcome stays unknown is the grey record itself.
     *
     *  @throws Unavailable if it cannot be kept: the provisional record stands */
    void settled(TapFrame finalFrame) throws Unavailable;

    /** Forgets the provisional record of a debit that did not happen.
     *
     *  @throws Unavailable if that cannot be kept: the provisional record stands */
    void dropped(TapKey key) throws Unavailable;

    /** The store takes no record now: no room, or a failing disk. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

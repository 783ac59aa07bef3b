package cn.onecard.engine.key;

/** Where the master keys come from: a ring that never changes, or a keeper whose ring does. */
public interface KeySource {
    /** The master keys as they are now.
     *
     *  @throws KeysUnavailable if they cannot be had */
    KeyRing ring();

    /** Looks whether the keys are another ring by now, and whether their keeper still answers.
     *
     *  @throws KeysUnavailable if it does not, saying why */
    void refresh();

    /** Whether the keeper answered when it was last asked. */
    boolean isReady();
}

package cn.onecard.vocabulary;

/** What makes a tap itself: the PSAM that took part and its running number. Both are covered by the TAC.
 *
 *  @param terminal the PSAM's terminal number
 *  @param psamSeq the PSAM sequence (终端交易序号), 0 to 2^32-1 */
public record TapKey(TerminalId terminal, long psamSeq) {
    public TapKey {
        if (psamSeq < 0 || psamSeq > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("a PSAM sequence has four bytes");
        }
    }

    @Override
    public String toString() {
        return terminal.hex() + "/" + psamSeq;
    }
}

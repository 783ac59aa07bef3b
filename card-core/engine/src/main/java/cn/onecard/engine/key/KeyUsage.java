package cn.onecard.engine.key;

/** What a master key is for. */
public enum KeyUsage {
    /** Purchase: DPK of the cards, MPK of the PSAMs. */
    PURCHASE,
    /** Transaction authentication codes: DTK of the cards. */
    TAC,
    /** Load (圈存): DLK of the cards. No terminal ever holds its master. */
    LOAD,
    /** What is kept enciphered in tables and files; SM4 alone is used. */
    STORAGE;

    /** Whether keys of cards are made of it. */
    public boolean isOfCards() {
        return this != STORAGE;
    }
}

package cn.onecard.engine.key;

/** The keys of one sign-on of one terminal, good until the next.
 *
 *  @param pin PIK
 *  @param mac MAK */
public record WorkingKeys(PinKey pin, MacKey mac) {}

package cn.onecard.engine.partner;

import java.util.Arrays;
import java.util.Locale;

/** What a partner can be told to do wrong. */
public enum PartnerFault {
    /** Nothing. */
    NONE,
    /** It answers late. */
    SLOW,
    /** It breaks off and has done nothing. */
    DROP_BEFORE,
    /** It acts and breaks off. */
    DROP_AFTER,
    /** It acts and answers what is no message. */
    GARBAGE,
    /** It acts and answers twice. */
    TWICE,
    /** It acts and answers what it answered somebody else. */
    OTHERS,
    /** It acts and answers with a wrong MAC or signature; where there is neither, with half of the answer. */
    WRONG_MAC,
    /** It has lost the keys of its links. */
    FORGET_KEYS;

    /** The fault of a name as it is written on a command line: {@code drop-after}.
     *
     *  @throws IllegalArgumentException if there is none */
    public static PartnerFault parse(String name) {
        return Arrays.stream(values()).filter(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such fault: " + name));
    }
}

package cn.onecard.engine.verify;

import cn.onecard.engine.receive.ReceivedTap;

/** What the TAC says of a tap. */
public sealed interface Verification permits CredibleTap, ForgedTap {
    /** The tap it is about. */
    ReceivedTap.Framed tap();
}

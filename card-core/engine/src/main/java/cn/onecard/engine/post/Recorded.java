package cn.onecard.engine.post;

import java.time.LocalDateTime;

/** A row that stands in the journal, or is about to: enough of it to tell the same tap from another one under its key.
 *
 *  @param digest of its frame
 *  @param receivedAt UTC, to the millisecond
 *  @param reasonCode 0 accepted, else code of Refusal */
record Recorded(Digest digest, LocalDateTime receivedAt, int reasonCode) {}

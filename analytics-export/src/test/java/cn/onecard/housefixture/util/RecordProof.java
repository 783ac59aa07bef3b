package cn.onecard.housefixture.util;

import cn.onecard.house.Proof;

/** A proof that is a record, so its constructor is public.
 *
 *  @param claim what it says */
@Proof
public record RecordProof(String claim) {}

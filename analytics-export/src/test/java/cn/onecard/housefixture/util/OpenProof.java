package cn.onecard.housefixture.util;

import cn.onecard.house.Proof;

/** A proof that anybody can make or extend. */
@Proof
public class OpenProof {
    public OpenProof() {}
}

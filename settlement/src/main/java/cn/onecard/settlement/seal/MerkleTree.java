package cn.onecard.settlement.seal;

import cn.onecard.settlement.day.Sha256;
import java.util.ArrayDeque;
import java.util.Deque;

/** A Merkle tree hash [1] that grows leaf by leaf and holds one hash for each level only, so that its size does not matter.
 *  A leaf is hashed behind a byte 00 and a node behind a byte 01, so that neither can stand for the other.
 *
 *  <p>[1] RFC 6962, section 2.1. */
final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** The roots of full subtrees, the largest at the bottom; their sizes are the binary digits of {@link #size}. */
    private final Deque<Sha256> subtrees = new ArrayDeque<>();

    /** Leaves so far; written by {@link #add} alone. */
    private long size;

    /** Adds a leaf.
     *
     *  @param content the bytes it stands for */
    void add(byte[] content) {
        Sha256 hash = Sha256.hash(LEAF, content);
        for (long n = size; (n & 1) == 1; n >>= 1) {
            hash = node(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    /** The hash of all leaves so far; of none, the hash of nothing. */
    Sha256 root() {
        return subtrees.stream().reduce((smaller, larger) -> node(larger, smaller)).orElseGet(Sha256::hash);
    }

    private static Sha256 node(Sha256 left, Sha256 right) {
        return Sha256.hash(NODE, left.bytes(), right.bytes());
    }
}

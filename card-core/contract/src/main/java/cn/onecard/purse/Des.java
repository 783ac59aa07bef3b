package cn.onecard.purse;

import java.util.HexFormat;

/** Single DES under one key [1]: blocks and keys are eight bytes as a big-endian number. Immutable and thread-safe.
 *
 *  <p>Own code, because a tap of a card not seen before needs five new keys for fifteen blocks, and the libraries are made
 *  for few keys and many blocks: Bouncy Castle takes microseconds to set up a key, and the JDK makes a provider object for each.
 *  Both serve as oracles in the tests. Like theirs, this code looks up tables and so tells its key to whoever shares the
 *  processor's caches.
 *
 *  <p><b>Rounds.</b> Both halves of the block are kept rotated right by one bit. Then the six bits that the expansion E gives to
 *  S-boxes 1, 3, 5, 7 are the upper six of each byte of a half, and those of 2, 4, 6, 8 the upper six of each byte of the half
 *  rotated left by four. A subkey lies in the same way in a long: groups 1, 3, 5, 7 in the upper four bytes, 2, 4, 6, 8 in the
 *  lower. An S-box and the permutation P behind it are one table.
 *
 *  <p><b>Key schedule.</b> Every bit of a subkey is one bit of the key, so the schedule of a key is that of its first four bits
 *  OR that of the next four, and so on through sixteen.
 *
 *  <p>[1] FIPS 46-3, <i>Data Encryption Standard</i>, 1999; the tables below carry its names and its order, bit 1 the
 *  highest. */
final class Des {
    /** Block length in bytes. */
    static final int BLOCK_BYTES = 8;

    private static final int ROUNDS = 16;
    private static final int[] SHIFTS = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};
    private static final int[] PC_1 = {
        57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
        63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4};
    private static final int[] PC_2 = {
        14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
        41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32};
    private static final int[] P = {
        16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25};
    private static final int[] SP1 = substitutedAndPermuted(1, "E4D12FB83A6C5907 0F74E2D1A6CB9538 41E8D62BFC973A50 FC8249175B3EA06D");
    private static final int[] SP2 = substitutedAndPermuted(2, "F18E6B34972DC05A 3D47F28EC01A69B5 0E7BA4D158C6932F D8A13F42B67C05E9");
    private static final int[] SP3 = substitutedAndPermuted(3, "A09E63F51DC7B428 D709346A285ECBF1 D6498F30B12C5AE7 1AD069874FE3B52C");
    private static final int[] SP4 = substitutedAndPermuted(4, "7DE3069A1285BC4F D8B56F03472C1AE9 A690CB7DF13E5284 3F06A1D8945BC72E");
    private static final int[] SP5 = substitutedAndPermuted(5, "2C417AB6853FD0E9 EB2C47D150FA3986 421BAD78F9C5630E B8C71E2D6F09A453");
    private static final int[] SP6 = substitutedAndPermuted(6, "C1AF92680D34E75B AF427C9561DE0B38 9EF528C3704A1DB6 432C95FABE17608D");
    private static final int[] SP7 = substitutedAndPermuted(7, "4B2EF08D3C975A61 D0B7491AE35C2F86 14BDC37EAF680592 6BD814A7950FE23C");
    private static final int[] SP8 = substitutedAndPermuted(8, "D2846FB1A93E50C7 1FD8A374C56B0E92 7B419CE206ADF358 21E74A8DFC90356B");
    /** The subkeys of every four bits of a key with all others zero: the first four bits with values 0 to 15, the next four ... */
    private static final long[][] SCHEDULES = schedules();

    private final long[] subkeys = new long[ROUNDS];

    /** @param key eight bytes; the lowest bit of each is parity and does not count */
    Des(long key) {
        for (int nibble = 0; nibble < 16; nibble++) {
            long[] part = SCHEDULES[(nibble << 4) | ((int) (key >>> (60 - 4 * nibble)) & 0xF)];
            for (int round = 0; round < ROUNDS; round++) {
                subkeys[round] |= part[round];
            }
        }
    }

    long encrypt(long block) {
        return crypt(block, 0);
    }

    long decrypt(long block) {
        return crypt(block, ROUNDS - 1);
    }

    /** @param mirror 0 to take the subkeys in order, 15 to take them backwards */
    private long crypt(long block, int mirror) {
        int left = (int) (block >>> 32);
        int right = (int) block;
        // The initial permutation IP, as swaps of bits between the halves.
        int swap = (left >>> 4 ^ right) & 0x0F0F_0F0F;
        right ^= swap;
        left ^= swap << 4;
        swap = (left >>> 16 ^ right) & 0x0000_FFFF;
        right ^= swap;
        left ^= swap << 16;
        swap = (right >>> 2 ^ left) & 0x3333_3333;
        left ^= swap;
        right ^= swap << 2;
        swap = (right >>> 8 ^ left) & 0x00FF_00FF;
        left ^= swap;
        right ^= swap << 8;
        swap = (left >>> 1 ^ right) & 0x5555_5555;
        right ^= swap;
        left ^= swap << 1;

        left = Integer.rotateRight(left, 1);
        right = Integer.rotateRight(right, 1);
        for (int round = 0; round < ROUNDS; round += 2) {
            left ^= f(right, subkeys[round ^ mirror]);
            right ^= f(left, subkeys[round + 1 ^ mirror]);
        }
        int first = Integer.rotateLeft(right, 1);
        int second = Integer.rotateLeft(left, 1);

        // The same swaps backwards.
        swap = (first >>> 1 ^ second) & 0x5555_5555;
        second ^= swap;
        first ^= swap << 1;
        swap = (second >>> 8 ^ first) & 0x00FF_00FF;
        first ^= swap;
        second ^= swap << 8;
        swap = (second >>> 2 ^ first) & 0x3333_3333;
        first ^= swap;
        second ^= swap << 2;
        swap = (first >>> 16 ^ second) & 0x0000_FFFF;
        second ^= swap;
        first ^= swap << 16;
        swap = (first >>> 4 ^ second) & 0x0F0F_0F0F;
        second ^= swap;
        first ^= swap << 4;
        return ((long) first << 32) | (second & 0xFFFF_FFFFL);
    }

    private static int f(int half, long subkey) {
        int odd = half ^ (int) (subkey >>> 32);
        int even = Integer.rotateLeft(half, 4) ^ (int) subkey;
        return SP1[odd >>> 26] ^ SP3[odd >>> 18 & 0x3F] ^ SP5[odd >>> 10 & 0x3F] ^ SP7[odd >>> 2 & 0x3F]
                ^ SP2[even >>> 26] ^ SP4[even >>> 18 & 0x3F] ^ SP6[even >>> 10 & 0x3F] ^ SP8[even >>> 2 & 0x3F];
    }

    /** What an S-box gives for each six bits, sent through P and rotated right by one.
     *
     *  @param box 1 to 8
     *  @param rows the four rows of the S-box, a digit an entry */
    private static int[] substitutedAndPermuted(int box, String rows) {
        int[] table = new int[64];
        for (int six = 0; six < 64; six++) {
            int row = (six >>> 4 & 2) | (six & 1);
            int column = six >>> 1 & 0xF;
            int substituted = HexFormat.fromHexDigit(rows.charAt(17 * row + column)) << (32 - 4 * box);
            int permuted = 0;
            for (int bit = 0; bit < 32; bit++) {
                permuted |= (substituted >>> (32 - P[bit]) & 1) << (31 - bit);
            }
            table[six] = Integer.rotateRight(permuted, 1);
        }
        return table;
    }

    private static long[][] schedules() {
        long[][] schedules = new long[256][];
        for (int nibble = 0; nibble < 16; nibble++) {
            for (int value = 0; value < 16; value++) {
                schedules[(nibble << 4) | value] = schedule((long) value << (60 - 4 * nibble));
            }
        }
        return schedules;
    }

    /** The sixteen subkeys of a key, as the standard makes them: PC-1, shifts, PC-2. */
    private static long[] schedule(long key) {
        long[] subkeys = new long[ROUNDS];
        int turned = 0;
        for (int round = 0; round < ROUNDS; round++) {
            turned += SHIFTS[round];
            for (int bit = 0; bit < 48; bit++) {
                int at = PC_2[bit] - 1;
                int half = at / 28 * 28;
                long keyBit = key >>> (64 - PC_1[half + (at - half + turned) % 28]) & 1;
                int group = bit / 6;
                int place = 31 - group / 2 * 8 - bit % 6 + (group % 2 == 0 ? 32 : 0);
                subkeys[round] |= keyBit << place;
            }
        }
        return subkeys;
    }
}

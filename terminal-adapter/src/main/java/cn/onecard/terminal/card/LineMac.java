package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.ReaderFault;

/** Whoever has the maintenance key of a card, a PSAM or the issuer's key room: makes the MAC of a command under line protection
 *  (线路保护). */
@FunctionalInterface
public interface LineMac {
    /** The MAC.
     *
     *  @param challenge as the card gave it, padded with zeros to the eight bytes of the IV
     *  @param command header, with 4 as the low half of CLA and an Lc that counts the MAC already, and data; not padded
     *  @return four bytes */
    int mac(byte[] challenge, byte[] command) throws ReaderFault, CardRefused;
}

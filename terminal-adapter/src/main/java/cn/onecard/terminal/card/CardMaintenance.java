package cn.onecard.terminal.card;

import cn.onecard.terminal.card.InternalAuthenticate.Mode;
import cn.onecard.terminal.card.ProtectedCommand.LineProtection;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.TerminalId;

/** What only the issuer, or the holder at the issuer's counter, does to a card whose application is selected. Keys never come here:
 *  whoever has them is asked for a MAC. */
public final class CardMaintenance {
    private final CardLink link;
    private final LineProtection protection;

    /** At the other end of a link.
     *
     *  @param family of the card that is selected there
     *  @param macs whoever has the maintenance key of this card */
    public CardMaintenance(CardLink link, CardFamily family, LineMac macs) {
        this.link = link;
        this.protection = new LineProtection(family.options().challengeBytes(), macs);
    }

    /** A random for {@link #authenticate}.
     *
     *  @param length 4 or 8; 16 on some SM4 cards */
    public byte[] challenge(int length) throws ReaderFault, CardRefused {
        return GetChallenge.send(link, length);
    }

    /** Proves a key to the card, right after {@link #challenge}.
     *
     *  @param cryptogram the challenge, padded with zeros to a block, enciphered: eight bytes */
    public void authenticate(int keyId, byte[] cryptogram) throws ReaderFault, CardRefused {
        ExternalAuthenticate.send(link, keyId, cryptogram);
    }

    /** Lets the card prove one of its keys.
     *
     *  @param data one block
     *  @return the block enciphered */
    public byte[] encipher(int keyId, byte[] data) throws ReaderFault, CardRefused {
        return InternalAuthenticate.send(link, Mode.ENCIPHER, keyId, data);
    }

    /** The same with a MAC.
     *
     *  @return four bytes */
    public byte[] mac(int keyId, byte[] data) throws ReaderFault, CardRefused {
        return InternalAuthenticate.send(link, Mode.MAC, keyId, data);
    }

    /** Writes part of a file.
     *
     *  @param sfi 1 to 31
     *  @param offset 0 to 255 */
    public void update(int sfi, int offset, byte[] data) throws ReaderFault, CardRefused {
        UpdateBinary.send(link, sfi, offset, data, protection);
    }

    /** Lets the holder choose another PIN. */
    public void changePin(int keyId, Pin before, Pin after) throws ReaderFault, CardRefused {
        ChangePin.send(link, keyId, before, after);
    }

    /** Gives a forgotten PIN anew.
     *
     *  @param mac of the reload key over the PIN */
    public void reloadPin(int keyId, Pin pin, int mac) throws ReaderFault, CardRefused {
        ReloadPin.send(link, keyId, pin, mac);
    }

    /** Gives a locked PIN its tries back.
     *
     *  @param enciphered the PIN under the unblocking key */
    public void unblockPin(int keyId, byte[] enciphered) throws ReaderFault, CardRefused {
        UnblockPin.send(link, keyId, enciphered, protection);
    }

    /** Lifts a block that was not for good. */
    public void unblockApplication() throws ReaderFault, CardRefused {
        ApplicationUnblock.send(link, protection);
    }

    /** Ends the life of the card. */
    public void blockCard() throws ReaderFault, CardRefused {
        CardBlock.send(link, protection);
    }

    /** Announces an unload, as {@link Purse#initForLoad} does a load. */
    public LoadInit initForUnload(Money amount, TerminalId terminal, int keyIndex) throws ReaderFault, CardRefused {
        return InitForUnload.send(link, amount, terminal, keyIndex);
    }

    /** Takes out what was announced. Without an answer the outcome is unknown.
     *
     *  @return MAC3, for the host */
    public int debitForUnload(EventTime hostTime, int mac2) throws ReaderFault, CardRefused {
        return DebitForUnload.send(link, hostTime, mac2);
    }
}

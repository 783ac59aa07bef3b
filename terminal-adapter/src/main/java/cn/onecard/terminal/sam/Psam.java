package cn.onecard.terminal.sam;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.card.Command;
import cn.onecard.terminal.card.InitAnswer;
import cn.onecard.terminal.card.LineMac;
import cn.onecard.terminal.card.PurchaseTerms;
import cn.onecard.terminal.card.StatusWord;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.TerminalId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** The selected purchase application of the PSAM at the other end of a link.
 *
 *  <pre>
 *  00B0960006               terminal number 6
 *  00A40400 Lc AID          selects the application; the first that is there
 *  00B0970019               key index 1 | issuer 8 | acquirer 8 | start 4 | end 4
 *  80700000 Lc              random 4 | counter 2 | amount 4 | type 1 | date 4 | time 3 | key version 1 | algorithm 1 | factors 8n
 *                           answer: sequence 4 | MAC1 4; the factors go card first
 *  8072000004               MAC2 4
 *  801A45 index Lc          factors 8n, card first: readies the maintenance key of a card; 45 says two levels and a MAC
 *  80FA0500 Lc              IV 8 | blocks padded with 80 00...; answer: MAC 4
 *  </pre> */
public final class Psam {
    private static final List<String> APPLICATIONS = List.of("A0000006324D4F542E43505453414D3031", "A000000353414D31");
    private static final int PURCHASE_INPUT_BYTES = 20;
    private static final int MAC_KEY = 0x05;

    private final CardLink link;
    private final TerminalId terminal;
    private final int keyIndex;

    private Psam(CardLink link, TerminalId terminal, int keyIndex) {
        this.link = link;
        this.terminal = terminal;
        this.keyIndex = keyIndex;
    }

    /** Reads the terminal number, selects the application and reads its key file.
     *
     *  @throws CardRefused if the chip is no PSAM that we know */
    public static Psam select(CardLink link) throws ReaderFault, CardRefused {
        ByteBuffer number = ByteBuffer.wrap(Command.reading("READ TERMINAL NUMBER", 0x00B09600, 6).send(link, 6));
        TerminalId terminal = new TerminalId((long) (number.getShort() & 0xFFFF) << 32 | Integer.toUnsignedLong(number.getInt()));
        selectApplication(link);
        int keyIndex = Command.reading("READ KEY FILE", 0x00B09700, 0x19).send(link, 0x19)[0] & 0xFF;
        return new Psam(link, terminal, keyIndex);
    }

    /** The terminal number: the identity of the terminal. */
    public TerminalId terminal() {
        return terminal;
    }

    /** Which key of the card goes with this PSAM, 0 to 255. */
    public int keyIndex() {
        return keyIndex;
    }

    /** Begins a purchase. The sequence is used up even if nothing follows.
     *
     *  @param init what the card answered
     *  @param factors of the card's keys in the order in which they are applied to the master key, 8 bytes each */
    public SamInit initForPurchase(PurchaseTerms terms, InitAnswer init, List<byte[]> factors) throws ReaderFault, CardRefused {
        ByteBuffer data = ByteBuffer.allocate(PURCHASE_INPUT_BYTES + 8 * factors.size()).putInt(init.random())
                .putShort((short) init.counter().value()).putInt((int) terms.amount().fen()).put((byte) terms.type());
        long time = terms.time().bcd();
        data.put((byte) (time >>> 48)).putShort((short) (time >>> 32)).putInt((int) time)
                .put((byte) init.keyVersion()).put((byte) init.algorithm());
        factors.reversed().forEach(data::put);
        ByteBuffer b = ByteBuffer.wrap(Command.withData("INIT SAM FOR PURCHASE", 0x80700000, data.array(), 0x08).send(link, 8));
        return new SamInit(Integer.toUnsignedLong(b.getInt()), b.getInt());
    }

    /** Lets the PSAM check MAC2, which ends the purchase.
     *
     *  @return whether MAC2 is right */
    public boolean credit(int mac2) throws ReaderFault, CardRefused {
        byte[] data = ByteBuffer.allocate(4).putInt(mac2).array();
        try {
            Command.withData("CREDIT SAM FOR PURCHASE", 0x80720000, data, Command.NO_LE).send(link, 0);
            return true;
        } catch (CardRefused refused) {
            if (refused.status() == StatusWord.MAC_WRONG || refused.status() == StatusWord.WRONG_CREDENTIAL) {
                return false;
            }
            throw refused;
        }
    }

    /** Makes MACs with a card's maintenance key, so that its application can be blocked.
     *
     *  @param keyIndex of the master key in the PSAM, 0 to 255
     *  @param factors of the card's keys in the order in which they are applied to the master key, 8 bytes each */
    public LineMac lineMac(int keyIndex, List<byte[]> factors) {
        return (challenge, command) -> {
            ByteBuffer cardFirst = ByteBuffer.allocate(8 * factors.size());
            factors.reversed().forEach(cardFirst::put);
            int level = (factors.size() << 5) | MAC_KEY;
            Command.withData("DELIVERY KEY", 0x801A0000 | level << 8 | keyIndex, cardFirst.array(), Command.NO_LE).send(link, 0);
            ByteBuffer padded = ByteBuffer.allocate(8 + (command.length / 8 + 1) * 8).put(challenge).put(command).put((byte) 0x80);
            return ByteBuffer.wrap(Command.withData("CIPHER DATA", 0x80FA0500, padded.array(), 0x04).send(link, 4)).getInt();
        };
    }

    private static void selectApplication(CardLink link) throws ReaderFault, CardRefused {
        for (int i = 0; ; i++) {
            try {
                Command.withData("SELECT PSAM", 0x00A40400, HexFormat.of().parseHex(APPLICATIONS.get(i)), 0).send(link, 0);
                return;
            } catch (CardRefused refused) {
                if (refused.status() != StatusWord.NOT_FOUND || i == APPLICATIONS.size() - 1) {
                    throw refused;
                }
            }
        }
    }
}

package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.Tac;
import java.nio.ByteBuffer;
import java.util.Optional;

/** GET TRANSACTION PROVE (取交易认证): the codes of a debit whose answer was lost. The number is the counter after the debit
 *  on most cards, the one before it on others.
 *
 *  <pre>
 *  command  805A00 | type 1 | 02 | number 2 | 08
 *  answer   MAC2 4 | TAC 4        (the other way round than DEBIT)
 *  </pre> */
final class GetTransactionProve {
    private GetTransactionProve() {}

    /** The proof of the debit that started at that counter, or empty if the card has none. */
    static Optional<DebitProof> send(CardLink link, int type, CardCounter before, CardFamily.ProofNumber number) throws ReaderFault, CardRefused {
        int after = (before.value() + 1) & 0xFFFF;
        return switch (number) {
            case AFTER -> ask(link, type, after);
            case BEFORE -> ask(link, type, before.value());
            case AFTER_THEN_BEFORE -> {
                Optional<DebitProof> proof = ask(link, type, after);
                yield proof.isPresent() ? proof : ask(link, type, before.value());
            }
        };
    }

    private static Optional<DebitProof> ask(CardLink link, int type, int number) throws ReaderFault, CardRefused {
        byte[] data = ByteBuffer.allocate(2).putShort((short) number).array();
        try {
            ByteBuffer b = ByteBuffer.wrap(Command.withData("GET TRANSACTION PROVE", 0x805A0000 | type, data, 0x08).send(link, 8));
            int mac2 = b.getInt();
            return Optional.of(new DebitProof(new Tac(b.getInt()), mac2));
        } catch (CardRefused refused) {
            if (refused.status() == StatusWord.NO_PROOF) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}

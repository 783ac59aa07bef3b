package cn.onecard.engine.boot;

import cn.onecard.engine.order.AccountId;
import cn.onecard.engine.order.AccountKind;
import cn.onecard.vocabulary.CardNo;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which account a command is about. */
final class AccountOption {
    @Parameters(paramLabel = "CARD", converter = CardNoConverter.class, description = "card number, 20 digits")
    private CardNo cardNo = new CardNo(0, 0);       // written by picocli

    @Option(names = "--kind", defaultValue = "WALLET", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private AccountKind kind = AccountKind.WALLET;      // written by picocli

    AccountId account() {
        return new AccountId(cardNo, kind);
    }

    /** Reads a card number from the command line. */
    static final class CardNoConverter implements ITypeConverter<CardNo> {
        @Override
        public CardNo convert(String text) {
            return CardNo.ofDigits(text);
        }
    }
}

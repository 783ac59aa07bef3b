package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;

/** VERIFY (校验口令): {@code 002000 keyId Lc PIN}. Some cards ask for it before a load, none before a purchase of the e-purse. Sent
 *  once: each wrong PIN costs the holder a try, and {@link CardRefused#triesLeft()} says how many are left. */
final class VerifyPin {
    private VerifyPin() {}

    static void send(CardLink link, int keyId, Pin pin) throws ReaderFault, CardRefused {
        command(keyId, pin).send(link, 0);
    }

    static Command command(int keyId, Pin pin) {
        return Command.withData("VERIFY", 0x00200000 | keyId, pin.bytes(), Command.NO_LE);
    }
}

package cn.onecard.engine.key;

import cn.onecard.vocabulary.Algorithm;
import java.nio.file.Path;
import java.util.Locale;

/** Keeps the master keys in a PKCS#11 token. Those of triple DES are in it and never come out. The provider of the JDK knows no SM4, and
 *  most tokens neither: masters of SM4 lie in the file beside, sealed under a key that never leaves the token, and are in clear in memory
 *  alone. The file also says which keys there are, with their check values, and is sealed so that nobody changes it without the token. */
final class TokenKeeper extends KeyKeeper {
    private final Token token;
    private volatile boolean proven = true;     // written by prove()

    TokenKeeper(Path folder, Token token) {
        super(folder);
        this.token = token;
    }

    @Override
    public boolean isReady() {
        return proven && token.isReady();
    }

    @Override
    Path secretFile() {
        return token.pinFile();
    }

    @Override
    boolean keepsForGood(KeyId id) {
        return id.algorithm() == Algorithm.TDES;
    }

    @Override
    MasterKey keep(boolean demo, KeyId id, byte[] master) {
        if (!keepsForGood(id)) {
            return new HeldKey(id.algorithm(), master);
        }
        token.bring(label(demo, id), master);
        TokenKey kept = new TokenKey(token, label(demo, id), MasterKey.checkValue(id.algorithm(), master));
        kept.prove();
        return kept;
    }

    @Override
    MasterKey inToken(boolean demo, KeyId id, String checkValue) {
        return new TokenKey(token, label(demo, id), checkValue);
    }

    @Override
    Seal newSeal(boolean demo) {
        String label = prefix(demo) + "seal";
        token.makeSealKey(label);
        return new TokenSeal(token, label);
    }

    @Override
    Seal seal(String name) {
        return TokenSeal.of(name, token);
    }

    @Override
    void prove() {
        try {
            proveAll();
            proven = true;
        } catch (KeysUnavailable e) {
            proven = false;
            throw e;
        }
    }

    private void proveAll() {
        if (currentSeal() instanceof TokenSeal seal) {
            seal.prove();
        }
        KeyRing ring = ring();
        for (KeyId id : ring.listIds()) {
            if (ring.key(id) instanceof TokenKey kept) {
                kept.prove();
            }
        }
    }

    private static String label(boolean demo, KeyId id) {
        return (prefix(demo) + id.usage() + '-' + id.version() + '-' + id.algorithm()).toLowerCase(Locale.ROOT);
    }

    /** Whoever looks into the token sees what demo keys are. */
    private static String prefix(boolean demo) {
        return demo ? "onecard-demo-" : "onecard-";
    }
}

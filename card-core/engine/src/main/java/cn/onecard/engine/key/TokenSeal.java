package cn.onecard.engine.key;

/** A seal under an AES key that never leaves its token, named {@code TOKEN:label}. */
final class TokenSeal implements Seal {
    private static final String PREFIX = "TOKEN:";

    private final Token token;
    private final String label;

    TokenSeal(Token token, String label) {
        this.token = token;
        this.label = label;
    }

    /** The seal of that name.
     *
     *  @throws KeysUnavailable if it is no seal of a token */
    static TokenSeal of(String name, Token token) {
        if (!name.startsWith(PREFIX)) {
            throw new KeysUnavailable("sealed by a pass phrase and not by a token");
        }
        return new TokenSeal(token, name.substring(PREFIX.length()));
    }

    @Override
    public String name() {
        return PREFIX + label;
    }

    @Override
    public byte[] apply(boolean open, byte[] nonce, byte[] header, byte[] text) {
        return token.gcm(open, label, nonce, header, text);
    }

    /** Asks the token for the key.
     *
     *  @throws KeysUnavailable if it does not answer */
    void prove() {
        token.encrypt(Token.Form.AES, label, new byte[16]);
    }

    @Override
    public String toString() {
        return name();
    }
}

package cn.onecard.engine.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.login.FailedLoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PKCS#11 token [1]: an HSM, or a soft token that stands for one. Its keys are used where they are and never come out. Thread-safe.
 *
 *  <p><b>Sessions.</b> When the token does not do what it is asked for, everything is opened anew and the work tried once more: so a
 *  session that was lost costs a moment. If it fails again the token is away, and whoever asks next tries again.
 *
 *  <p><b>The PIN.</b> A PIN that the token refused is not offered again until the file holds another one, for a token locks itself after
 *  some wrong PINs. A token logs a process in, not a session: while it is logged in a wrong PIN goes unnoticed.
 *
 *  <p>[1] By the provider SunPKCS11 of the JDK, with its own instance for each opening; none is added to the list of providers. */
final class Token {
    /** Keys never come out, and do nothing but what they are for. */
    private static final String ATTRIBUTES = """
            attributes(*, CKO_SECRET_KEY, *) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_VERIFY = false
              CKA_WRAP = false
              CKA_UNWRAP = false
            }
            attributes(*, CKO_SECRET_KEY, CKK_DES3) = {
              CKA_DECRYPT = false
            }
            attributes(*, CKO_SECRET_KEY, CKK_AES) = {
              CKA_DECRYPT = true
            }
            """;
    private static final int SEAL_KEY_BITS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Token.class);

    private final Place place;
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private volatile boolean ready = true;          // written by with()
    private char[] refusedPin = new char[0];        // under the lock of open()

    /** Where a token is.
     *
     *  @param library PKCS#11 library of its maker
     *  @param label of the token
     *  @param pinFile holds the user PIN */
    record Place(Path library, String label, Path pinFile) {}

    /** What the keys of a token are used for: ciphers block by block (ECB). */
    enum Form {
        TDES("DESede"),
        AES("AES");

        private final String cipher;

        Form(String cipher) {
            this.cipher = cipher;
        }
    }

    /** One opening of the token: its own provider, the keys by label as they were asked for. */
    private static final class Session {
        private final Provider provider;
        private final KeyStore store;
        private final KeyStore.PasswordProtection pin;
        private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

        Session(Provider provider, KeyStore store, char[] pin) {
            this.provider = provider;
            this.store = store;
            this.pin = new KeyStore.PasswordProtection(pin);
        }

        SecretKey key(String label) throws GeneralSecurityException {
            SecretKey known = keys.get(label);
            if (known != null) {
                return known;
            }
            if (store.getKey(label, null) instanceof SecretKey found) {
                keys.put(label, found);
                return found;
            }
            throw new KeysUnavailable("the token has no key " + label);
        }

        void put(String label, SecretKey key) throws GeneralSecurityException {
            keys.remove(label);
            if (store.containsAlias(label)) {
                store.deleteEntry(label);
            }
            store.setEntry(label, new KeyStore.SecretKeyEntry(key), pin);
        }
    }

    /** Something that is done in a session. */
    private interface Work<T> {
        T done(Session session) throws GeneralSecurityException;
    }

    Token(Place place) {
        this.place = place;
    }

    Path pinFile() {
        return place.pinFile();
    }

    /** Whether the token did what it was last asked for. */
    boolean isReady() {
        return ready;
    }

    /** Blocks enciphered one by one.
     *
     *  @throws KeysUnavailable if the token does not answer, or has no such key */
    byte[] encrypt(Form form, String label, byte[] blocks) {
        return with(at -> {
            Cipher cipher = Cipher.getInstance(form.cipher + "/ECB/NoPadding", at.provider);
            cipher.init(Cipher.ENCRYPT_MODE, at.key(label));
            return cipher.doFinal(blocks);
        });
    }

    /** Enciphers, or with {@code open} deciphers, by AES-GCM.
     *
     *  @throws KeysUnavailable if the token does not answer, has no such key, or the text was changed */
    byte[] gcm(boolean open, String label, byte[] nonce, byte[] header, byte[] text) {
        return with(at -> {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", at.provider);
            cipher.init(open ? Cipher.DECRYPT_MODE : Cipher.ENCRYPT_MODE, at.key(label), new GCMParameterSpec(Seal.TAG_BITS, nonce));
            cipher.updateAAD(header);
            try {
                return cipher.doFinal(text);
            } catch (AEADBadTagException e) {
                throw new KeysUnavailable("it was sealed under another key, or changed", e);
            }
        });
    }

    /** Brings a triple-DES key in, or another one in its place.
     *
     *  @param key 16 bytes; the token gets them as K1 | K2 | K1 */
    void bring(String label, byte[] key) {
        byte[] whole = Arrays.copyOf(key, 24);
        System.arraycopy(key, 0, whole, 16, 8);
        with(at -> {
            at.put(label, new SecretKeySpec(whole, "DESede"));
            return label;
        });
        Arrays.fill(whole, (byte) 0);
    }

    /** Makes an AES key in the token. */
    void makeSealKey(String label) {
        with(at -> {
            KeyGenerator generator = KeyGenerator.getInstance("AES", at.provider);
            generator.init(SEAL_KEY_BITS);
            at.put(label, generator.generateKey());
            return label;
        });
    }

    private <T> T with(Work<T> work) {
        Session at = session.get();
        if (at != null) {
            try {
                return done(work, at);
            } catch (GeneralSecurityException | ProviderException lost) {
                LOG.warn("the {} is opened anew: {}", this, reason(lost));
                session.compareAndSet(at, null);
            }
        }
        Session fresh = open();
        try {
            return done(work, fresh);
        } catch (GeneralSecurityException | ProviderException e) {
            session.compareAndSet(fresh, null);
            throw away("the " + this + " does not answer: " + reason(e), e);
        }
    }

    private <T> T done(Work<T> work, Session at) throws GeneralSecurityException {
        T result = work.done(at);
        ready = true;
        return result;
    }

    private KeysUnavailable away(String message, @Nullable Exception cause) {
        ready = false;
        return cause == null ? new KeysUnavailable(message) : new KeysUnavailable(message, cause);
    }

    private synchronized Session open() {
        Session open = session.get();
        if (open == null) {
            open = newSession();
            session.set(open);
        }
        return open;
    }

    private Session newSession() {
        char[] pin = pin();
        if (Arrays.equals(pin, refusedPin)) {
            throw away("the " + this + " refused the PIN in " + place.pinFile() + "; it is not tried again before there is another", null);
        }
        try {
            long slot = TokenSlots.slot(place.library(), place.label());
            Provider provider = Security.getProvider("SunPKCS11")
                    .configure("--name=OneCard\nlibrary=" + place.library() + "\nslot=" + slot + "\n" + ATTRIBUTES);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return new Session(provider, store, pin);
        } catch (KeysUnavailable e) {
            throw away(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            if (isPinRefused(e)) {
                refusedPin = pin;
                throw away("the " + this + " refuses the PIN in " + place.pinFile(), e);
            }
            throw away("the " + this + " cannot be opened: " + reason(e), e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw away("the " + this + " cannot be opened: " + reason(e), e);
        }
    }

    private char[] pin() {
        try {
            return Files.readString(place.pinFile(), StandardCharsets.UTF_8).strip().toCharArray();
        } catch (IOException e) {
            throw away("the PIN of the " + this + " cannot be read from " + place.pinFile(), e);
        }
    }

    private static boolean isPinRefused(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof FailedLoginException) {
                return true;
            }
        }
        return false;
    }

    /** What the token itself said, which is at the end of the chain. */
    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    @Override
    public String toString() {
        return "token '" + place.label() + "'";
    }
}

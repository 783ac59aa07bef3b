package cn.onecard.engine.rail.file;

import cn.onecard.engine.key.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The files that SSH keys are kept in, as {@code ssh-keygen} writes them: a private key that its owner alone may read, and beside it
 *  the public one, {@code .pub}, for the other side. */
public final class SshKeyFile {
    private static final int ED25519_BITS = 256;

    private SshKeyFile() {}

    /** The keys of a file, made if there is none yet.
     *
     *  @throws IOException also if the file is none */
    public static KeyPair open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
                Iterator<KeyPair> first = pairs == null ? List.<KeyPair>of().iterator() : pairs.iterator();
                if (!first.hasNext()) {
                    throw new IOException(file + " is no private key of SSH");
                }
                return first.next();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no private key of SSH", e);
        }
    }

    /** The public key of a file of one line.
     *
     *  @throws IOException also if the file is none */
    public static PublicKey readPublic(Path file) throws IOException {
        List<AuthorizedKeyEntry> entries = AuthorizedKeyEntry.readAuthorizedKeys(file);
        if (entries.size() != 1) {
            throw new IOException(file + " is not one public key of SSH");
        }
        try {
            return entries.getFirst().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no public key of SSH", e);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPair made = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(made, "onecard", null, secret);
        OpenSSHKeyPairResourceWriter.INSTANCE.writePublicKey(made, "onecard", open);
        Files.write(file.resolveSibling(file.getFileName() + ".pub"), open.toByteArray());
        PrivateFile.write(file, secret.toByteArray());
    }
}

package cn.onecard.engine.key;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority whose certificates the terminal link trusts: EC P-256, PEM files in one folder, keys in PKCS #8, mode 600.
 *
 *  <pre>
 *  ca.pem ca.key   core.pem core.key   gateway-NAME.pem gateway-NAME.key
 *  </pre>
 *  The common name of a gateway's certificate is the gateway's name; the core knows its callers by it. */
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(825);
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,47}");
    private static final X500Name AUTHORITY = name("OneCard authority");

    private final Path folder;
    private final KeyPair keys;
    private final Instant now;

    private CertificateAuthority(Path folder, KeyPair keys, Instant now) {
        this.folder = folder;
        this.keys = keys;
        this.now = now;
    }

    /** The authority of a folder, made if there is none yet.
     *
     *  @param now the certificates made are valid from a day earlier, for clocks that are slow */
    public static CertificateAuthority open(Path folder, Instant now) throws IOException {
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca.key");
        try {
            if (Files.exists(certificate) && Files.exists(key)) {
                return new CertificateAuthority(folder, readKeys(certificate, key), now);
            }
            CertificateAuthority made = new CertificateAuthority(folder, newKeys(), now);
            JcaX509v3CertificateBuilder builder = made.builder(AUTHORITY, made.keys.getPublic(), AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new org.bouncycastle.asn1.x509.KeyUsage(
                    org.bouncycastle.asn1.x509.KeyUsage.keyCertSign | org.bouncycastle.asn1.x509.KeyUsage.cRLSign));
            PrivateFile.write(key, pem(new JcaPKCS8Generator(made.keys.getPrivate(), null)));
            PrivateFile.write(certificate, pem(made.sign(builder)));
            return made;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new KeysUnavailable("the authority in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Makes the core's certificate for {@code localhost} and {@code 127.0.0.1}, and its key, unless they are there. */
    public void issueCore() throws IOException {
        issue("core", "core", KeyPurposeId.id_kp_serverAuth);
    }

    /** Makes a gateway's certificate and key, unless they are there.
     *
     *  @param gateway letters, digits and {@code . _ -}, at most 48 */
    public void issueGateway(String gateway) throws IOException {
        if (!NAME.matcher(gateway).matches()) {
            throw new IllegalArgumentException("not a gateway name: '" + gateway + "'");
        }
        issue("gateway-" + gateway, gateway, KeyPurposeId.id_kp_clientAuth);
    }

    private void issue(String file, String commonName, KeyPurposeId purpose) throws IOException {
        Path certificate = folder.resolve(file + ".pem");
        if (Files.exists(certificate)) {
            return;
        }
        try {
            KeyPair pair = newKeys();
            JcaX509v3CertificateBuilder builder = builder(name(commonName), pair.getPublic(), LEAF_LIFE);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")}));
            PrivateFile.write(folder.resolve(file + ".key"), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
            PrivateFile.write(certificate, pem(sign(builder)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new KeysUnavailable("no certificate could be made for " + commonName + ": " + e.getMessage(), e);
        }
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, PublicKey key, Duration life) {
        BigInteger serial = new BigInteger(127, new SecureRandom()).setBit(0);
        return new JcaX509v3CertificateBuilder(AUTHORITY, serial, Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(life)), subject, key);
    }

    private X509CertificateHolder sign(JcaX509v3CertificateBuilder builder) throws OperatorCreationException {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, "OneCard").addRDN(BCStyle.CN, commonName).build();
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static KeyPair readKeys(Path certificate, Path key) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        if (parse(certificate) instanceof X509CertificateHolder holder && parse(key) instanceof PrivateKeyInfo info) {
            PrivateKey secret = converter.getPrivateKey(info);
            return new KeyPair(converter.getPublicKey(holder.getSubjectPublicKeyInfo()), secret);
        }
        throw new KeysUnavailable(certificate + " and " + key + " are no certificate and key");
    }

    private static Object parse(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            return parser.readObject();
        }
    }

    private static byte[] pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}

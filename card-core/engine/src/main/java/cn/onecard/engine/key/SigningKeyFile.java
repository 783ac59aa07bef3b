package cn.onecard.engine.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** The file that a signing key is kept in, readable by its owner alone: {@code scheme hexadecimal-private-key}, one line. */
public final class SigningKeyFile {
    private SigningKeyFile() {}

    /** The key of a file, made if there is none yet.
     *
     *  @throws KeysUnavailable if the file is none, or of another scheme */
    public static SigningKey open(Path file, SigningKey.Scheme scheme, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            SigningKey made = SigningKey.generate(scheme, random);
            PrivateFile.write(file, (scheme + " " + HexFormat.of().formatHex(made.secret()) + "\n").getBytes(StandardCharsets.US_ASCII));
            return made;
        }
        String[] parts = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
        if (parts.length != 2 || !parts[0].equals(scheme.name()) || !parts[1].toLowerCase(Locale.ROOT).matches("[0-9a-f]{64}")) {
            throw new KeysUnavailable(file + " is no signing key of " + scheme);
        }
        return SigningKey.ofSecret(scheme, HexFormat.of().parseHex(parts[1]));
    }
}

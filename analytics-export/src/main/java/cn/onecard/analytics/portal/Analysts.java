package cn.onecard.analytics.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who may download, and the digests of their tokens, in one file. A token is 256 random bits, so a plain SHA-256 of it gives
 *  nothing away; it is shown once, when it is made, and an analyst has one at a time. The file is read on every
 *  request: a token withdrawn is worth nothing from that moment. */
public final class Analysts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Path file;

    /** The analysts of this file, which need not exist yet. */
    public Analysts(Path file) {
        this.file = file;
    }

    /** Makes a token for an analyst; an earlier one stops working.
     *
     *  @throws IllegalArgumentException if the name is not letters, digits, dots, hyphens and underscores, at most 64 */
    public String createToken(String name, SecureRandom random) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an analyst's name is up to 64 letters, digits, dots, hyphens and underscores");
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        ObjectNode all = JSON.createObjectNode();
        if (Files.exists(file)) {
            all.setAll((ObjectNode) JSON.readTree(file.toFile()));
        }
        all.put(name, digest(token));
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, "analysts", ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return token;
    }

    /** The analyst whose token this is. */
    Optional<String> find(String token) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] digest = digest(token).getBytes(StandardCharsets.US_ASCII);
        for (Map.Entry<String, JsonNode> analyst : JSON.readTree(file.toFile()).properties()) {
            if (MessageDigest.isEqual(digest, analyst.getValue().asText().getBytes(StandardCharsets.US_ASCII))) {
                return Optional.of(analyst.getKey());
            }
        }
        return Optional.empty();
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}

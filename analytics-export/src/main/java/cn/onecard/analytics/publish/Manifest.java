package cn.onecard.analytics.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** What a release is and which files it has, with their digests. It bears no time of making, so that a release made again from
 *  the same settled day is the same to the byte.
 *
 *  @param releaseId     name of the release
 *  @param privacyLabel  legal name of the product
 *  @param policyId      policy it was protected under
 *  @param policyVersion its version
 *  @param period        the business date
 *  @param rows          rows of the table
 *  @param suppressed    rows of them whose value is withheld
 *  @param files         the files, the manifest itself excepted */
public record Manifest(String releaseId, String privacyLabel, String policyId, int policyVersion, String period, long rows,
        long suppressed, List<Entry> files) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Manifest {
        files = List.copyOf(files);
    }

    /** A file of a release.
     *
     *  @param name      name in the folder of the release
     *  @param mediaType what it is
     *  @param bytes     its length
     *  @param rows      rows of data in it; 0 if it is no table
     *  @param sha256    digest of its bytes, hex */
    public record Entry(String name, String mediaType, long bytes, long rows, String sha256) {}

    static Manifest of(StagedRelease release) throws IOException {
        List<Entry> files = new ArrayList<>();
        for (Path file : List.of(release.csv(), release.parquet(), release.dictionary())) {
            String name = Objects.requireNonNull(file.getFileName()).toString();
            files.add(new Entry(name, ReleaseStore.mediaType(name), Files.size(file), file.equals(release.dictionary()) ? 0 : release.rows(),
                    sha256(file)));
        }
        return new Manifest(release.id(), StagedRelease.PRIVACY_LABEL, release.policy().id(), release.policy().version(),
                release.day().toString(), release.rows(), release.withheldRows(), files);
    }

    void write(Path file) throws IOException {
        Files.write(file, (JSON.writeValueAsString(toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The manifest as it stands in its file. */
    public ObjectNode toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("releaseId", releaseId).put("product", "T1").put("privacyLabel", privacyLabel).put("dataflow", Observation.DATAFLOW);
        root.putObject("policy").put("id", policyId).put("version", policyVersion);
        root.put("period", period).put("rows", rows).put("suppressed", suppressed);
        ArrayNode list = root.putArray("files");
        files.forEach(entry -> list.addObject().put("name", entry.name()).put("mediaType", entry.mediaType()).put("bytes", entry.bytes())
                .put("rows", entry.rows()).put("sha256", entry.sha256()));
        return root;
    }

    static Manifest read(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        List<Entry> files = new ArrayList<>();
        root.path("files").forEach(entry -> files.add(new Entry(entry.path("name").asText(), entry.path("mediaType").asText(),
                entry.path("bytes").asLong(), entry.path("rows").asLong(), entry.path("sha256").asText())));
        return new Manifest(root.path("releaseId").asText(), root.path("privacyLabel").asText(), root.at("/policy/id").asText(),
                root.at("/policy/version").asInt(), root.path("period").asText(), root.path("rows").asLong(),
                root.path("suppressed").asLong(), files);
    }

    /** The digest of a file, hex. */
    public static String sha256(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65_536];
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}

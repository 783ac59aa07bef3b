package cn.onecard.engine.key;

import cn.onecard.purse.FactorFormat;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The key schemes by name, and how each diversifies. A properties file, one {@code name=format} a line. */
public final class KeySchemes {
    /** The scheme of a card that is in no register. */
    public static final String DEFAULT = "t-union";

    private static final Map<String, String> STANDARD = Map.of(DEFAULT, "issuer > asn", "mohurd", "city+FF0000000000 > asn");

    private final TreeMap<String, FactorFormat> formats;

    private KeySchemes(Map<String, FactorFormat> formats) {
        this.formats = new TreeMap<>(formats);
    }

    /** The two schemes that China's cities use. */
    public static KeySchemes standard() {
        Map<String, FactorFormat> formats = new TreeMap<>();
        STANDARD.forEach((name, format) -> formats.put(name, FactorFormat.parse(format)));
        return new KeySchemes(formats);
    }

    /** Reads the file.
     *
     *  @throws KeysUnavailable if there is none, or a format in it is none */
    public static KeySchemes read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new KeysUnavailable("there is no file of key schemes " + file, e);
        } catch (IOException e) {
            throw new KeysUnavailable("the key schemes " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, FactorFormat> formats = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            try {
                formats.put(name, FactorFormat.parse(properties.getProperty(name)));
            } catch (IllegalArgumentException e) {
                throw new KeysUnavailable(file + ", scheme " + name + ": " + e.getMessage(), e);
            }
        }
        return new KeySchemes(formats);
    }

    /** Writes the file (mode 600). */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        formats.forEach((name, format) -> text.append(name).append('=').append(format).append('\n'));
        PrivateFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** How a scheme diversifies, or empty if there is no such scheme. */
    public Optional<FactorFormat> findFormat(String name) {
        return Optional.ofNullable(formats.get(name));
    }

    /** The names of all schemes, in order. */
    public List<String> listNames() {
        return List.copyOf(formats.keySet());
    }
}

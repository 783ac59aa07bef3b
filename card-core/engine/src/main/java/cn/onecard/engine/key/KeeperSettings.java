package cn.onecard.engine.key;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who keeps the master keys, as {@code keys.json} says. Without that file it is the sealed file.
 *
 *  <pre>
 *  {"keeper": "file"}
 *  {"keeper": "token", "library": "/usr/lib/softhsm/libsofthsm2.so", "label": "onecard", "pin": "token.pin"}
 *  </pre>
 *  The PIN is a file, beside this one unless it says where. */
record KeeperSettings(Keeper keeper, @Nullable String library, @Nullable String label, @Nullable String pin) {
    static final String FILE = "keys.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The two keepers. */
    enum Keeper {
        @JsonProperty("file") FILE,
        @JsonProperty("token") TOKEN
    }

    @JsonCreator
    KeeperSettings(@JsonProperty(value = "keeper", required = true) Keeper keeper, @JsonProperty("library") @Nullable String library,
            @JsonProperty("label") @Nullable String label, @JsonProperty("pin") @Nullable String pin) {
        this.keeper = keeper;
        this.library = library;
        this.label = label;
        this.pin = pin;
    }

    /** The settings of a folder.
     *
     *  @throws KeysUnavailable if they cannot be read, naming the file */
    static KeeperSettings read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new KeeperSettings(Keeper.FILE, null, null, null);
        }
        try {
            return JSON.readValue(file.toFile(), KeeperSettings.class);
        } catch (JsonProcessingException e) {
            throw new KeysUnavailable(file + " is not understood: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new KeysUnavailable(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where the token is.
     *
     *  @throws KeysUnavailable if that is not said */
    Token.Place place(Path folder) {
        if (library == null || label == null || pin == null) {
            throw new KeysUnavailable(folder.resolve(FILE) + " names no library, no label or no pin of the token");
        }
        return new Token.Place(Path.of(library).toAbsolutePath(), label, folder.resolve(pin));
    }
}

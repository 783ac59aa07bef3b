package cn.onecard.terminal.sim;

import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.smartcardio.TerminalFactory;

/** Virtual readers inside this process, served through the javax.smartcardio interface like real ones. */
public final class SimReaders {
    private final List<VirtualReader> readers = new CopyOnWriteArrayList<>();

    /** A new, empty reader.
     *
     *  @throws IllegalArgumentException if there is one of that name */
    public VirtualReader add(String name) {
        if (readers.stream().anyMatch(reader -> reader.name().equals(name))) {
            throw new IllegalArgumentException("there is a reader " + name + " already");
        }
        VirtualReader reader = new VirtualReader(name);
        readers.add(reader);
        return reader;
    }

    /** These readers through the same adapter that real readers go through. */
    public Readers readers(ReaderSettings settings) {
        try {
            return Readers.over(TerminalFactory.getInstance(SimProvider.TYPE, this, new SimProvider()), settings);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the provider has this one type", e);
        }
    }

    List<VirtualReader> listReaders() {
        return readers;
    }
}

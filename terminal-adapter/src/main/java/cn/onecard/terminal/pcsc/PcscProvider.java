package cn.onecard.terminal.pcsc;

import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactorySpi;
import org.jspecify.annotations.Nullable;

/** The provider. Give it to {@link javax.smartcardio.TerminalFactory#getInstance(String, Object, Provider)}; it need not be
 *  registered. A factory can be had at any time, with a service or without: whoever asks its terminals for something learns
 *  whether there is one now. The terminals can be closed as an {@link AutoCloseable}, which gives their contexts back. */
public final class PcscProvider extends Provider {
    /** The type to ask the factory for. */
    public static final String TYPE = "PC/SC";
    private static final long serialVersionUID = 1;

    public PcscProvider() {
        super("OneCardPcsc", "1.0", "card readers of the PC/SC service, one context each");
        putService(new FactoryService(this));
    }

    /** Makes this process use the service behind another socket than the system's. Must come before anything else is asked of
     *  PC/SC: the library looks once. */
    public static void useSocket(Path socket) {
        environment(socket).forEach(Pcsclite::setEnvironment);
    }

    /** What another process finds in its environment to use that socket: variable and value. */
    public static Map<String, String> environment(Path socket) {
        return Map.of("PCSCLITE_CSOCK_NAME", socket.toString());
    }

    /** Makes factories without reflection. */
    private static final class FactoryService extends Service {
        FactoryService(Provider provider) {
            super(provider, "TerminalFactory", TYPE, Factory.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new Factory();
        }
    }

    /** One set of terminals. */
    private static final class Factory extends TerminalFactorySpi {
        private final PcscTerminals terminals = new PcscTerminals();

        @Override
        protected CardTerminals engineTerminals() {
            return terminals;
        }
    }
}

package cn.onecard.terminal.sim;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactorySpi;
import org.jspecify.annotations.Nullable;

/** The javax.smartcardio provider of virtual readers. Its factories take {@link SimReaders} as their parameter. */
public final class SimProvider extends Provider {
    /** The type to ask {@link javax.smartcardio.TerminalFactory} for. */
    public static final String TYPE = "Sim";
    private static final long serialVersionUID = 1;

    public SimProvider() {
        super("OneCardSim", "1.0", "virtual card readers");
        putService(new FactoryService(this));
    }

    /** Makes factories without reflection. */
    private static final class FactoryService extends Service {
        FactoryService(Provider provider) {
            super(provider, "TerminalFactory", TYPE, Factory.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            if (parameter instanceof SimReaders readers) {
                return new Factory(readers);
            }
            throw new IllegalArgumentException("the parameter of a " + TYPE + " factory is SimReaders");
        }
    }

    /** One set of readers. */
    private static final class Factory extends TerminalFactorySpi {
        private final SimReaders readers;

        Factory(SimReaders readers) {
            this.readers = readers;
        }

        @Override
        protected CardTerminals engineTerminals() {
            return new SimTerminals(readers);
        }
    }
}

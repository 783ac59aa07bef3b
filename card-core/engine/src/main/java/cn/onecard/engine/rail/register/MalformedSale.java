package cn.onecard.engine.rail.register;

/** Thrown where a message of a till is not what it should be; the text says where. */
public final class MalformedSale extends Exception {
    private static final long serialVersionUID = 1;

    MalformedSale(String message) {
        super(message);
    }

    MalformedSale(String message, Throwable cause) {
        super(message, cause);
    }
}

package cn.onecard.settlement.demo;

/** Thrown when a program of the demo fails. The message is for the person at the terminal. */
public final class DemoFailed extends Exception {
    private static final long serialVersionUID = 1;

    DemoFailed(String message) {
        super(message);
    }
}
